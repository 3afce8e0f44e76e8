using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>A text that is kept ready for answers, and what is done along with it. One without a text is done by itself.</summary>
public sealed class Snippet : ITenantOwned
{
    private Snippet()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>What it is found by, after a slash.</summary>
    public string Name { get; private set; } = "";

    public string Normal { get; private set; } = "";

    /// <summary>With merge fields as letters have them; empty where only things are done.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Under which an e-mail with it goes, with merge fields; null for that of the conversation.</summary>
    public string? Subject { get; private set; }

    /// <summary>The tags that the contact gets, as a JSON list.</summary>
    public string Tags { get; private set; } = "[]";

    /// <summary><c>me</c>, <c>none</c> or a user's id; null leaves it as it is.</summary>
    public string? Assign { get; private set; }

    /// <summary><c>close</c>, <c>later</c>, <c>tomorrow</c> or <c>next_week</c>; null leaves it as it is.</summary>
    public string? Then { get; private set; }

    public DateTimeOffset KeptAt { get; private set; }

    /// <summary>When it was deleted: it can be brought back.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    public static Snippet New(DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now) };

    public static string NameOf(string name) => name.Trim().ToLowerInvariant();

    public void Keep(string name, string text, string? subject, IReadOnlyList<string> tags, string? assign, string? then, DateTimeOffset now) =>
        (Name, Normal, Text, Subject, Tags, Assign, Then, KeptAt) = (name.Trim(), NameOf(name), text, subject, JsonSerializer.Serialize(tags, JsonSerializerOptions.Web), assign, then, now);

    public void Delete(DateTimeOffset now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;

    public IReadOnlyList<string> ReadTags() => JsonSerializer.Deserialize<List<string>>(Tags, JsonSerializerOptions.Web)!;

    /// <summary>It does something besides saying something.</summary>
    public bool Acts => Assign is not null || Then is not null || ReadTags().Count > 0;
}

public sealed class SnippetConfiguration : IEntityTypeConfiguration<Snippet>
{
    public void Configure(EntityTypeBuilder<Snippet> builder)
    {
        builder.TenantTable("conversations", "snippet");
        builder.HasIndex(s => new { s.TenantId, s.Normal }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName(Snippets.Names);
    }
}
