using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>Where one link of a letter leads. A click is sent on to what stands here and nowhere else.</summary>
[AppendOnly]
public sealed class ContentLink : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid ContentId { get; private set; }

    /// <summary>Its place among the letter's links, from 0.</summary>
    public int Number { get; private set; }

    public string Url { get; private set; } = "";

    public static ContentLink New(Guid contentId, int number, string url, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), ContentId = contentId, Number = number, Url = url };
}

public sealed class ContentLinkConfiguration : IEntityTypeConfiguration<ContentLink>
{
    public void Configure(EntityTypeBuilder<ContentLink> builder)
    {
        builder.TenantTable("messaging", "content_link");
        builder.HasOne<Content>().WithMany().HasForeignKey(l => new { l.TenantId, l.ContentId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(l => new { l.TenantId, l.ContentId, l.Number }).IsUnique().HasDatabaseName("content_link_number");
    }
}
