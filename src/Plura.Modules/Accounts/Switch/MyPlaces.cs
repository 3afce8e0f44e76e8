using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A place where the person may go: an account they belong to, or an agency they run.</summary>
/// <param name="Href"><c>/a/bakery</c> or <c>/g/sunrise</c>.</param>
/// <param name="IsAgency">An agency's desk; else an account.</param>
/// <param name="Agency">Of an account: the name of the agency it belongs to.</param>
/// <param name="Stopped">Of an account from which nothing is sent at the moment: why, in a word.</param>
/// <param name="MayOpen">Of an agency: the person may open accounts there.</param>
/// <param name="Closed">Of an account: it was closed and can still be looked at. Those of which that is over are not listed.</param>
public sealed record MyPlace(string Href, string Name, bool IsAgency, string? Agency, string? Stopped, bool MayOpen, bool Closed = false);

/// <summary>All places of a person, by one query in a scope of its own: the frame draws itself while the page works.</summary>
public sealed class MyPlaces(IServiceScopeFactory scopes, TimeProvider clock)
{
    public async Task<IReadOnlyList<MyPlace>> Of(Guid person, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var now = clock.GetUtcNow();
        var accounts = db.Memberships.Where(m => m.UserId == person).Join(db.Accounts, m => m.AccountId, a => a.Id, (_, a) => a).Where(a => a.ReadableUntil == null || a.ReadableUntil > now)
            .Join(db.Agencies, a => a.AgencyId, g => g.Id, (a, g) => new { a.Slug, a.Name, IsAgency = false, Agency = g.Name, Stopped = a.HeldAt != null ? "Held for review" : a.StoppedAt != null ? "Stopped" : a.SuspendedAt != null ? "Paused" : null, Closed = a.ReadableUntil != null });
        var agencies = db.AgencyMembers.Where(m => m.UserId == person).Join(db.Agencies, m => m.AgencyId, g => g.Id, (_, g) => g)
            .Select(g => new { g.Slug, g.Name, IsAgency = true, Agency = g.Name, Stopped = (string?)null, Closed = false });
        var rows = await accounts.Concat(agencies).OrderBy(p => p.IsAgency).ThenBy(p => p.Name).ToListAsync(ct);
        return [.. rows.Select(r => new MyPlace((r.IsAgency ? "/g/" : "/a/") + r.Slug, r.Name, r.IsAgency, r.IsAgency ? null : r.Agency, r.Stopped, MayOpen: r.IsAgency, r.Closed))];
    }
}
