using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

internal sealed class AgencyBrands(PluraDb db, IConfiguration configuration) : IAgencyBrands
{
    public async Task<BrandCard?> OfAgency(Guid agencyId, CancellationToken ct) =>
        Card(await db.AgencyBrands.AsNoTracking().FirstOrDefaultAsync(b => b.AgencyId == agencyId, ct));

    public async Task<BrandCard?> OfAccount(Guid accountId, CancellationToken ct) =>
        Card(await db.Accounts.Where(a => a.Id == accountId).Join(db.AgencyBrands, a => a.AgencyId, b => b.AgencyId, (_, b) => b).AsNoTracking().FirstOrDefaultAsync(ct));

    public async Task<BrandCard?> OfHost(string host, CancellationToken ct)
    {
        var name = host.ToLowerInvariant();
        if (name is "localhost" || System.Net.IPAddress.TryParse(name, out _) || IsOurs(name))
            return null;
        return Card(await db.AgencyHosts.Where(h => h.Host == name && h.ConfirmedAt != null)
            .Join(db.AgencyBrands, h => h.AgencyId, b => b.AgencyId, (_, b) => b).AsNoTracking().FirstOrDefaultAsync(ct));
    }

    private bool IsOurs(string host) => Uri.TryCreate(configuration["Plura:PublicUrl"], UriKind.Absolute, out var own) && string.Equals(own.Host, host, StringComparison.OrdinalIgnoreCase);

    private static BrandCard? Card(AgencyBrand? brand) => brand is null ? null : new BrandCard(
        brand.Name,
        brand.Accent is null ? null : $"/brand/{brand.AgencyId}.css?v={brand.Version}",
        brand.HasLogo ? $"/brand/{brand.AgencyId}/logo?v={brand.Version}" : null,
        brand.Accent is { } accent ? Palette.Of(accent)?.Light : null);
}
