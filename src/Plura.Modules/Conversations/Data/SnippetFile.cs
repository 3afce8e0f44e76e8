using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>A file that goes along with a snippet: a price list, a form. It is the account's own and about nobody, so it lies on disk as it came.</summary>
public sealed class SnippetFile : ITenantOwned
{
    private SnippetFile()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid SnippetId { get; private set; }

    public string Name { get; private set; } = "";

    public long Size { get; private set; }

    /// <summary>Under which name it lies on disk.</summary>
    public string StoredAs { get; private set; } = "";

    public static SnippetFile Of(Snippet snippet, string name, StoredFile stored, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), SnippetId = snippet.Id, Name = name, Size = stored.Bytes, StoredAs = stored.Name };
}

public sealed class SnippetFileConfiguration : IEntityTypeConfiguration<SnippetFile>
{
    public void Configure(EntityTypeBuilder<SnippetFile> builder)
    {
        builder.TenantTable("conversations", "snippet_file");
        builder.HasOne<Snippet>().WithMany().HasForeignKey(f => new { f.TenantId, f.SnippetId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.TenantId, f.SnippetId, f.Id }).HasDatabaseName("snippet_file_of_snippet");
    }
}
