using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Something the account's people should know: shown in the app until read.</summary>
public sealed class Notice : ITenantOwned
{
    private Notice()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    public string Text { get; private set; } = "";

    /// <summary>Where it leads, relative to the account.</summary>
    public string? Link { get; private set; }

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? ReadAt { get; private set; }

    public static Notice Of(string kind, string text, string? link, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = kind, Text = text, Link = link, At = now };

    public void Read(DateTimeOffset now) => ReadAt ??= now;
}

public sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.TenantTable("accounts", "notice");
        builder.HasIndex(n => new { n.TenantId, n.At });
    }
}
