using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Of every account that was closed, everything is gone on the day that was said, and that day is at most 24 months later.</summary>
public sealed class ClosedAccountsAreDeleted(PluraDb db, TimeProvider clock) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-24"];

    public string Counts => "closed accounts were not deleted on their day";

    public bool CountsPeople => false;

    public Task<PolicyFinding> Look(CancellationToken ct) =>
        db.Database.SqlQuery<PolicyFinding>($"select failures, population from accounts.check_purges({clock.GetUtcNow()})").FirstAsync(ct);
}
