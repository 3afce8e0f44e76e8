using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging.Data;

/// <summary>All that one origin sends: whether it may go on, when its next message is due, and how fast it may go.</summary>
[SharedAcrossTenants("The pump must see which account has work before it enters it. Ids, times and counters only.")]
public sealed class Dispatch
{
    public Guid TenantId { get; private set; }

    public string Origin { get; private set; } = "";

    public Guid OriginId { get; private set; }

    /// <summary>What it goes by, see <see cref="Channels"/>: each channel has a pump of its own.</summary>
    public string Channel { get; private set; } = "";

    /// <summary>See <see cref="DispatchStates"/>.</summary>
    public string State { get; private set; } = "";

    /// <summary>Why it is paused.</summary>
    public string? Reason { get; private set; }

    /// <summary>When the pump should look again; null where nothing is planned.</summary>
    public DateTimeOffset? NextDueAt { get; private set; }

    public int? RatePerMinute { get; private set; }

    /// <summary>The bucket: one token per message, filled with time, shared by every node.</summary>
    public double Tokens { get; private set; }

    public DateTimeOffset FilledAt { get; private set; }

    /// <summary>When it last had its turn.</summary>
    public DateTimeOffset? ServedAt { get; private set; }

    /// <summary>How many of the last <see cref="Tried"/> went wrong; both shrink as more come, so old troubles fade.</summary>
    public double Failed { get; private set; }

    public double Tried { get; private set; }
}

public sealed class DispatchConfiguration : IEntityTypeConfiguration<Dispatch>
{
    public void Configure(EntityTypeBuilder<Dispatch> builder)
    {
        builder.ToTable("dispatch", "messaging");
        builder.HasKey(d => new { d.TenantId, d.Origin, d.OriginId });
        builder.Property(d => d.Channel).HasDefaultValue(Channels.Email);
        builder.HasIndex(d => d.NextDueAt).HasFilter("state = 'open' and next_due_at is not null").HasDatabaseName("dispatch_due");
        builder.HasStorageParameter("fillfactor", 50);
    }
}

/// <summary>Notes that a node holds sends of an account, so that a dead node's are found without looking into every account.</summary>
[SharedAcrossTenants("Read to recover a dead node's work before its accounts are known. Ids only.")]
public sealed class NodeHold
{
    public int Node { get; private set; }

    public Guid TenantId { get; private set; }
}

public sealed class NodeHoldConfiguration : IEntityTypeConfiguration<NodeHold>
{
    public void Configure(EntityTypeBuilder<NodeHold> builder)
    {
        builder.ToTable("node_hold", "messaging");
        builder.HasKey(h => new { h.Node, h.TenantId });
    }
}

/// <summary>A receiving domain that asked for patience, known by a hash of its name: every account and node waits with it.</summary>
[SharedAcrossTenants("A receiver's patience concerns the installation, not one account. A hash, a count and a time.")]
public sealed class Destination
{
    public Guid DomainKey { get; private set; }

    /// <summary>Temporary refusals in a row.</summary>
    public int Failures { get; private set; }

    public DateTimeOffset WaitUntil { get; private set; }
}

public sealed class DestinationConfiguration : IEntityTypeConfiguration<Destination>
{
    public void Configure(EntityTypeBuilder<Destination> builder)
    {
        builder.ToTable("destination", "messaging");
        builder.HasKey(d => d.DomainKey);
    }
}
