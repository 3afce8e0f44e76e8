using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

internal sealed class AgencyBrands(PluraDb db, AgencyHomes homes, IConfiguration configuration) : IAgencyBrands
{
    public async Task<BrandCard?> OfAgency(Guid agencyId, CancellationToken ct) =>
        Card(await db.AgencyBrands.AsNoTracking().FirstOrDefaultAsync(b => b.AgencyId == agencyId, ct));

    public async Task<BrandCard?> OfAccount(Guid accountId, CancellationToken ct) =>
        Card(await db.Accounts.Where(a => a.Id == accountId).Join(db.AgencyBrands, a => a.AgencyId, b => b.AgencyId, (_, b) => b).AsNoTracking().FirstOrDefaultAsync(ct));

    public async Task<BrandCard?> OfInvitation(Guid invitationId, CancellationToken ct)
    {
        var (accounts, brands) = (db.Accounts, db.AgencyBrands);
        return Card(await db.Invitations.Where(i => i.Id == invitationId).Join(accounts, i => i.AccountId, a => a.Id, (_, a) => a)
            .Join(brands, a => a.AgencyId, b => b.AgencyId, (_, b) => b).AsNoTracking().FirstOrDefaultAsync(ct));
    }

    public async Task<BrandCard?> OfHost(string host, CancellationToken ct)
    {
        var name = host.ToLowerInvariant();
        if (name is "localhost" || System.Net.IPAddress.TryParse(name, out _) || IsOurs(name))
            return null;
        return Card(await db.AgencyHosts.Where(h => h.Host == name && h.ConfirmedAt != null)
            .Join(db.AgencyBrands, h => h.AgencyId, b => b.AgencyId, (_, b) => b).AsNoTracking().FirstOrDefaultAsync(ct));
    }

    public Task<string> Home(Guid accountId, CancellationToken ct) => homes.Of(accountId, ct);

    public Task<bool> IsMailDomain(string domain, CancellationToken ct) => db.AgencyBrands.AnyAsync(b => b.SenderDomain == domain && b.SenderConfirmedAt != null, ct);

    private bool IsOurs(string host) => Uri.TryCreate(configuration["Plura:PublicUrl"], UriKind.Absolute, out var own) && string.Equals(own.Host, host, StringComparison.OrdinalIgnoreCase);

    private static BrandCard? Card(AgencyBrand? brand) => brand is null ? null : new BrandCard(
        brand.Name,
        brand.Accent is null ? null : $"/brand/{brand.AgencyId}.css?v={brand.Version}",
        brand.HasLogo ? $"/brand/{brand.AgencyId}/logo?v={brand.Version}" : null,
        brand.Accent is { } accent ? Palette.Of(accent)?.Light : null,
        brand.SenderConfirmedAt is null ? null : brand.SenderDomain);
}

/// <summary>Where links about an account lead: to a host name that its agency has proven, else to the installation's own address.</summary>
public sealed class AgencyHomes(PluraDb db, IConfiguration configuration)
{
    /// <summary>Without a slash at its end. Of several names it is the one that was proven first.</summary>
    public async Task<string> Of(Guid accountId, CancellationToken ct)
    {
        var own = PublicAddress.Of(configuration);
        var hosts = db.AgencyHosts;
        var host = await db.Accounts.Where(a => a.Id == accountId).Join(hosts, a => a.AgencyId, h => h.AgencyId, (_, h) => h)
            .Where(h => h.ConfirmedAt != null).OrderBy(h => h.ConfirmedAt).ThenBy(h => h.Host).Select(h => h.Host).FirstOrDefaultAsync(ct);
        return host is null ? own : new UriBuilder(own) { Host = host }.Uri.AbsoluteUri.TrimEnd('/');
    }
}
