using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>A view of the inbox that somebody made: which conversations it shows, under a name.</summary>
public sealed class InboxView : ITenantOwned
{
    private InboxView()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Normal { get; private set; } = "";

    /// <summary>Whose it is alone; null where everybody has it.</summary>
    public Guid? OwnerId { get; private set; }

    /// <summary><c>open</c>, <c>snoozed</c> or <c>closed</c>; null for all.</summary>
    public string? State { get; private set; }

    /// <summary>Who looks after them: <c>me</c> (whoever looks), <c>team</c> (anybody of their teams), <c>none</c> or a user's id; null for whoever.</summary>
    public string? Assignee { get; private set; }

    /// <summary>By which channel the contact wrote last; null for any.</summary>
    public string? Channel { get; private set; }

    public bool Unread { get; private set; }

    public bool Starred { get; private set; }

    public bool Overdue { get; private set; }

    public DateTimeOffset KeptAt { get; private set; }

    /// <summary>When it was deleted: it can be brought back.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    public static InboxView New(DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now) };

    public static string NameOf(string name) => name.Trim().ToLowerInvariant();

    public void Keep(string name, Guid? owner, DateTimeOffset now) => (Name, Normal, OwnerId, KeptAt) = (name.Trim(), NameOf(name), owner, now);

    public void Show(string? state, string? assignee, string? channel) => (State, Assignee, Channel) = (state, assignee, channel);

    public void Only(bool unread, bool starred, bool overdue) => (Unread, Starred, Overdue) = (unread, starred, overdue);

    public void Delete(DateTimeOffset now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}

public sealed class InboxViewConfiguration : IEntityTypeConfiguration<InboxView>
{
    public void Configure(EntityTypeBuilder<InboxView> builder)
    {
        builder.TenantTable("conversations", "inbox_view");
        builder.HasIndex(v => new { v.TenantId, v.OwnerId, v.Normal }).IsUnique().AreNullsDistinct(false).HasFilter("deleted_at is null").HasDatabaseName(InboxViews.Names);
    }
}
