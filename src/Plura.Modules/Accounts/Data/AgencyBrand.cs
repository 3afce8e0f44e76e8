using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>How an agency wants the product to look to its accounts and their customers.</summary>
[SharedAcrossTenants("Public pages wear it, by host name or by the account's agency, before any tenant is known.")]
public sealed class AgencyBrand
{
    private AgencyBrand()
    {
    }

    public Guid AgencyId { get; private set; }

    /// <summary>Stands where the product's name would stand.</summary>
    public string Name { get; private set; } = "";

    /// <summary>As the agency chose it, <c>#rrggbb</c>; null keeps the product's own. The shades for light and dark are derived.</summary>
    public string? Accent { get; private set; }

    /// <summary>From which the accounts' mail shall come, in lower case; it counts once its own record says so.</summary>
    public string? SenderDomain { get; private set; }

    /// <summary>Since when the record has said so; null where it does not, or no longer.</summary>
    public DateTimeOffset? SenderConfirmedAt { get; private set; }

    /// <summary>When the name system last answered; null where nobody has looked.</summary>
    public DateTimeOffset? SenderCheckedAt { get; private set; }

    /// <summary>When the record was found gone, of a domain that had been confirmed.</summary>
    public DateTimeOffset? SenderLostAt { get; private set; }

    /// <summary>Grows with each change: addresses of the style sheet and the logo carry it, so browsers may keep them.</summary>
    public int Version { get; private set; }

    public bool HasLogo { get; private set; }

    public static AgencyBrand Of(Guid agencyId) => new() { AgencyId = agencyId };

    public void Look(string name, string? accent, string? senderDomain)
    {
        if (!string.Equals(senderDomain, SenderDomain, StringComparison.Ordinal))
            (SenderDomain, SenderConfirmedAt, SenderCheckedAt, SenderLostAt) = (senderDomain, null, null, null);
        (Name, Accent, Version) = (name, accent, Version + 1);
    }

    /// <summary>The name system was asked whether the domain's record is there.</summary>
    public void Checked(bool found, DateTimeOffset now)
    {
        SenderCheckedAt = now;
        if (found)
            (SenderConfirmedAt, SenderLostAt) = (SenderConfirmedAt ?? now, null);
        else if (SenderConfirmedAt is not null)
            (SenderConfirmedAt, SenderLostAt) = (null, now);
    }

    public void Show(bool logo) => HasLogo = logo;
}

public sealed class AgencyBrandConfiguration : IEntityTypeConfiguration<AgencyBrand>
{
    public void Configure(EntityTypeBuilder<AgencyBrand> builder)
    {
        builder.ToTable("agency_brand", "accounts");
        builder.HasKey(b => b.AgencyId);
        builder.HasOne<Agency>().WithOne().HasForeignKey<AgencyBrand>(b => b.AgencyId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The picture itself, apart from what every page reads.</summary>
[SharedAcrossTenants("Public pages show it, before any tenant is known.")]
public sealed class AgencyLogo
{
    private AgencyLogo()
    {
    }

    public Guid AgencyId { get; private set; }

    /// <summary>As its content says, never as the browser said.</summary>
    public string ContentType { get; private set; } = "";

    public byte[] Content { get; private set; } = [];

    public static AgencyLogo Of(Guid agencyId, string contentType, byte[] content) => new() { AgencyId = agencyId, ContentType = contentType, Content = content };

    public void Replace(string contentType, byte[] content) => (ContentType, Content) = (contentType, content);
}

public sealed class AgencyLogoConfiguration : IEntityTypeConfiguration<AgencyLogo>
{
    public void Configure(EntityTypeBuilder<AgencyLogo> builder)
    {
        builder.ToTable("agency_logo", "accounts");
        builder.HasKey(l => l.AgencyId);
        builder.HasOne<Agency>().WithOne().HasForeignKey<AgencyLogo>(l => l.AgencyId).OnDelete(DeleteBehavior.Cascade);
    }
}
