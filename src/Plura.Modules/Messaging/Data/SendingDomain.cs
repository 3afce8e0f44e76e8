using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>A domain from which the account writes. Once its DNS shows one of its keys, letters from it and from below it are signed with it.</summary>
public sealed class SendingDomain : ITenantOwned
{
    private SendingDomain()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>In lower case and ASCII.</summary>
    public string Name { get; private set; } = "";

    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>Since when a key is found in the DNS; null where none is.</summary>
    public DateTimeOffset? ProvenAt { get; private set; }

    /// <summary>When it was found no more, after it had been; null while it is, and where it never was.</summary>
    public DateTimeOffset? LostAt { get; private set; }

    /// <summary>When the name system last answered.</summary>
    public DateTimeOffset? CheckedAt { get; private set; }

    /// <summary>When it is looked at next: a look that was planned for another moment is not the one.</summary>
    public DateTimeOffset LookAt { get; private set; }

    /// <summary>What servers made of its letters when it was last looked at, as JSON.</summary>
    public string Findings { get; private set; } = "[]";

    /// <summary>When it was taken away: it can be brought back.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    public static SendingDomain New(string name, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), Name = name, AddedAt = now, LookAt = now };

    /// <summary>Answers whether that is news.</summary>
    public bool Checked(bool found, DateTimeOffset now)
    {
        CheckedAt = now;
        if (found == ProvenAt is not null)
            return false;
        (ProvenAt, LostAt) = found ? (now, null) : ((DateTimeOffset?)null, (DateTimeOffset?)now);
        return true;
    }

    public void Found(string findings) => Findings = findings;

    public void Next(DateTimeOffset at) => LookAt = at;

    public void Delete(DateTimeOffset now) => DeletedAt ??= now;

    /// <summary>It has to be found anew: its record may have gone meanwhile.</summary>
    public void Restore() => (DeletedAt, ProvenAt) = (null, null);
}

public sealed class SendingDomainConfiguration : IEntityTypeConfiguration<SendingDomain>
{
    public void Configure(EntityTypeBuilder<SendingDomain> builder)
    {
        builder.TenantTable("messaging", "sending_domain");
        builder.Property(d => d.Findings).HasColumnType("jsonb");
        builder.HasIndex(d => new { d.TenantId, d.Name }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName(SendingDomains.Names);
    }
}
