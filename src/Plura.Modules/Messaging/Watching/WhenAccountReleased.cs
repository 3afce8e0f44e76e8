using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>The operator let an account go on, or vouches for it: what waited only for that is due at once. The gate decides about each message anew.</summary>
[Work("Messages that waited go on")]
public sealed class WhenAccountReleased(PluraDb db, TimeProvider clock) : ISubscriber<AccountReleased>
{
    private static readonly string[] Reasons = ["account_held", "warm_up"];

    public Task When(AccountReleased news, CancellationToken ct) =>
        db.Database.SqlQuery<long>($"""select messaging.due_now({db.Tenant.Id}, {Reasons}, {clock.GetUtcNow()}) as "Value" """).SingleAsync(ct);
}
