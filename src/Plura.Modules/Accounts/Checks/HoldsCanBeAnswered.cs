using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Whatever stops an account has a reason that its people read and can answer to; nothing is stopped by a mark alone.</summary>
public sealed class HoldsCanBeAnswered(PluraDb db) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-12h"];

    public string Counts => "accounts are held or stopped without a reason that their people read and can answer";

    public bool CountsPeople => false;

    public async Task<PolicyFinding> Look(CancellationToken ct)
    {
        var (accounts, stops) = (db.Set<Account>(), db.Set<AccountStop>());
        var marked = accounts.Where(a => a.StoppedAt != null || a.HeldAt != null);
        return new PolicyFinding(await marked.LongCountAsync(a => !stops.Any(s => s.AccountId == a.Id && s.EndedAt == null && s.Reason != ""), ct), await marked.LongCountAsync(ct));
    }
}
