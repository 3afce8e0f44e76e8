using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A host name that an agency says is its own; it counts once the name itself, or the operator, says so too.</summary>
[SharedAcrossTenants("A request's host name is read before anything else is known.")]
public sealed class AgencyHost
{
    private AgencyHost()
    {
    }

    public Guid Id { get; private set; }

    public Guid AgencyId { get; private set; }

    /// <summary>In lower case, without port: <c>app.sunrise.example</c>.</summary>
    public string Host { get; private set; } = "";

    /// <summary>What the name's TXT record must say.</summary>
    public string Proof { get; private set; } = "";

    public DateTimeOffset ClaimedAt { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary><c>dns</c> or <c>operator</c>.</summary>
    public string? ConfirmedBy { get; private set; }

    public static AgencyHost Claim(Guid agencyId, string host, string proof, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), AgencyId = agencyId, Host = host, Proof = proof, ClaimedAt = now };

    public void Confirm(string by, DateTimeOffset now) => (ConfirmedAt, ConfirmedBy) = (now, by);
}

public sealed class AgencyHostConfiguration : IEntityTypeConfiguration<AgencyHost>
{
    public void Configure(EntityTypeBuilder<AgencyHost> builder)
    {
        builder.ToTable("agency_host", "accounts");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.HasIndex(h => new { h.AgencyId, h.Host }).IsUnique();
        // Many may claim a name; one can have it.
        builder.HasIndex(h => h.Host).IsUnique().HasFilter("confirmed_at is not null");
        builder.HasOne<Agency>().WithMany().HasForeignKey(h => h.AgencyId).OnDelete(DeleteBehavior.Cascade);
    }
}
