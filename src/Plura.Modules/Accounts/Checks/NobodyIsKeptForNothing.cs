using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Whoever belongs to no account any more, and whoever never confirmed a sign-up, is known no longer than is needed; a day is left to the worker.</summary>
public sealed class NobodyIsKeptForNothing(PluraDb db, Placeless placeless, TimeProvider clock) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-23", "P-24"];

    public string Counts => "people were kept longer than six months after their last account, or longer than seven days without confirming their address";

    public async Task<PolicyFinding> Look(CancellationToken ct)
    {
        var late = clock.GetUtcNow().AddDays(-1);
        return new PolicyFinding(await placeless.People(late).Select(u => u.Id).Union(placeless.SignUps(late).Select(u => u.Id)).LongCountAsync(ct), await db.Set<User>().LongCountAsync(ct));
    }
}
