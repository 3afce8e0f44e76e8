using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>
/// Two contacts became one. The row is what is left of the one that went: its old addresses lead to the one that stayed, and until
/// <see cref="UndoFor"/> is over it holds both as they were, so that they can be parted again.
/// </summary>
public sealed class MergedContact : ITenantOwned
{
    /// <summary>As long as the bin keeps a contact.</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromDays(60);

    private MergedContact()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid WinnerId { get; private set; }

    public Guid LoserId { get; private set; }

    /// <summary>What the one that went was called.</summary>
    public string LoserName { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public string By { get; private set; } = "";

    public Guid? ById { get; private set; }

    /// <summary>The row that went, whole, as JSON; null once it can no longer be parted.</summary>
    public string? Loser { get; private set; }

    /// <summary>The row that stayed, as it was before, as JSON.</summary>
    public string? Winner { get; private set; }

    /// <summary>The same after the merge: what was changed since is left alone.</summary>
    public string? After { get; private set; }

    /// <summary>What each module moved, by the module's name, as JSON.</summary>
    public string? Moved { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public string? UndoneBy { get; private set; }

    public Guid? UndoneById { get; private set; }

    public static MergedContact New(Guid id, Guid winner, Guid loser, string loserName, Actor actor, DateTimeOffset now) =>
        new() { Id = id, WinnerId = winner, LoserId = loser, LoserName = loserName, At = now, By = actor.Name, ById = actor.Id };

    public void Keep(string loser, string winner, string after, string moved) => (Loser, Winner, After, Moved) = (loser, winner, after, moved);

    /// <summary>Both are there again; nothing of it needs to be kept.</summary>
    public void Undo(Actor actor, DateTimeOffset now) =>
        (UndoneAt, UndoneBy, UndoneById, Loser, Winner, After, Moved) = (now, actor.Name, actor.Id, null, null, null, null);
}

public sealed class MergedContactConfiguration : IEntityTypeConfiguration<MergedContact>
{
    public void Configure(EntityTypeBuilder<MergedContact> builder)
    {
        builder.TenantTable("contacts", "merge");
        foreach (var name in (string[])[nameof(MergedContact.Loser), nameof(MergedContact.Winner), nameof(MergedContact.After), nameof(MergedContact.Moved)])
            builder.Property(name).HasColumnType("jsonb");
        // One that went leads to one that stayed.
        builder.HasIndex(m => new { m.TenantId, m.LoserId }).IsUnique().HasFilter("undone_at is null");
        builder.HasIndex(m => new { m.TenantId, m.WinnerId });
        builder.HasIndex(m => new { m.TenantId, m.At, m.Id }).IsDescending(false, true, true);
    }
}
