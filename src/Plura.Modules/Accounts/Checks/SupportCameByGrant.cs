using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Whoever helped an account from outside came in by a grant of that account which was open at that moment.</summary>
public sealed class SupportCameByGrant(PluraDb db) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-12e"];

    public string Counts => "visits of support to an account were not allowed by that account";

    public bool CountsPeople => false;

    public Task<PolicyFinding> Look(CancellationToken ct) =>
        db.Database.SqlQuery<PolicyFinding>($"select failures, population from accounts.check_support()").FirstAsync(ct);
}
