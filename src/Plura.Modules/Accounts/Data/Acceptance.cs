using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A person accepted a version of a document by an explicit act. Only ever added.</summary>
[AppendOnly]
[SharedAcrossTenants("Belongs to the person, and is written before they enter any account.")]
public sealed class Acceptance
{
    private Acceptance()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>The account in whose name they accepted.</summary>
    public Guid AccountId { get; private set; }

    /// <summary><c>privacy</c>, <c>terms</c> or <c>dpa</c>.</summary>
    public string Document { get; private set; } = "";

    public string Version { get; private set; } = "";

    /// <summary>SHA-256 of the exact text that was linked, in hex.</summary>
    public string WordingHash { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    /// <summary>By which act: <c>sign_up_checkbox</c>.</summary>
    public string Method { get; private set; } = "";

    /// <summary>Keyed hash of the IP address: enough to compare, not to find.</summary>
    public string? IpHash { get; private set; }

    public static Acceptance Of(Guid userId, Guid accountId, PolicyVersion version, string method, string? ipHash, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        AccountId = accountId,
        Document = version.Document,
        Version = version.Version,
        WordingHash = version.WordingHash,
        At = now,
        Method = method,
        IpHash = ipHash,
    };
}

public sealed class AcceptanceConfiguration : IEntityTypeConfiguration<Acceptance>
{
    public void Configure(EntityTypeBuilder<Acceptance> builder)
    {
        builder.ToTable("acceptance", "accounts", t => t.HasComment("kept: that a person accepted our texts is our own proof, and binds beyond the account"));
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => new { a.UserId, a.Document });
    }
}
