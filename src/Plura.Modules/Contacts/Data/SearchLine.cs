using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>
/// What the search looks through of one contact, once more beside <see cref="Contact.SearchText"/>: the index of letters stands on this narrow table, so that
/// a contact that is only touched (a tag, an owner) does not write it anew. Triggers keep it (<c>contacts.sql</c>), whatever writes a contact.
/// </summary>
public sealed class SearchLine : ITenantOwned
{
    private SearchLine()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid ContactId { get; private set; }

    public string SearchText { get; private set; } = "";
}

public sealed class SearchLineConfiguration : IEntityTypeConfiguration<SearchLine>
{
    public void Configure(EntityTypeBuilder<SearchLine> builder)
    {
        builder.ToTable("search_line", "contacts");
        builder.HasKey(s => new { s.TenantId, s.ContactId });
        builder.HasOne<Contact>().WithMany().HasForeignKey(s => new { s.TenantId, s.ContactId }).OnDelete(DeleteBehavior.Cascade);
    }
}
