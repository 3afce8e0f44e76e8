using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>An account that lets somebody in now.</summary>
public sealed record OpenSupport(Guid Id, Guid AccountId, string Slug, string Name, string May, string Reason, DateTimeOffset EndsAt);

/// <summary>Which accounts let the agency, or the operator, in at this moment.</summary>
public sealed class SupportDesk(PluraDb db, CurrentAgency agency, TimeProvider clock)
{
    public Task<List<OpenSupport>> OfAgency(CancellationToken ct) => Open(agency.Id, ct);

    public Task<List<OpenSupport>> OfOperator(CancellationToken ct) => Open(null, ct);

    private Task<List<OpenSupport>> Open(Guid? to, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Database.SqlQuery<OpenSupport>($"select id, account_id, slug, name, may, reason, ends_at from accounts.support_open({to}::uuid, {now})").ToListAsync(ct);
    }
}
