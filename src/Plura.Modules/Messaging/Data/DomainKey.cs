using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>A key of a sending domain: it waits until the DNS shows it, signs, and is retired when the next one has been found.</summary>
public sealed class DomainKey : ITenantOwned
{
    private DomainKey()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid DomainId { get; private set; }

    /// <summary>Under which name below the domain it stands.</summary>
    public string Selector { get; private set; } = "";

    /// <summary>In base64, as the record shows it.</summary>
    public string PublicKey { get; private set; } = "";

    /// <summary>The private half, sealed under the installation's root key; empty once it is retired.</summary>
    public byte[] Sealed { get; private set; } = [];

    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>Since when it signs; null while it waits to be found.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    public DateTimeOffset? RetiredAt { get; private set; }

    public static DomainKey New(Guid id, Guid domain, string selector, string publicKey, byte[] sealedKey, DateTimeOffset now) =>
        new() { Id = id, DomainId = domain, Selector = selector, PublicKey = publicKey, Sealed = sealedKey, MadeAt = now };

    public void Use(DateTimeOffset now) => UsedAt ??= now;

    /// <summary>It signs no more, and nobody can sign with it again.</summary>
    public void Retire(DateTimeOffset now) => (RetiredAt, Sealed) = (now, []);
}

public sealed class DomainKeyConfiguration : IEntityTypeConfiguration<DomainKey>
{
    public void Configure(EntityTypeBuilder<DomainKey> builder)
    {
        builder.TenantTable("messaging", "domain_key");
        builder.HasOne<SendingDomain>().WithMany().HasForeignKey(k => new { k.TenantId, k.DomainId }).OnDelete(DeleteBehavior.Cascade);
        // One that waits and one that signs, at most.
        builder.HasIndex(k => new { k.TenantId, k.DomainId }).IsUnique().HasFilter("used_at is null and retired_at is null").HasDatabaseName("domain_key_waiting");
        builder.HasIndex(k => new { k.TenantId, k.DomainId }, "domain_key_used").IsUnique().HasFilter("used_at is not null and retired_at is null").HasDatabaseName("domain_key_used");
    }
}
