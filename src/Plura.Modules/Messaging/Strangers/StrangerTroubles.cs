using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Messaging;

/// <summary>What the operator's overview says first: messages that nobody allowed, or that nobody looks for them.</summary>
public sealed class StrangerTroubles(PluraDb db, TimeProvider clock) : IDeskTroubles
{
    /// <summary>Two nights without a look point at trouble.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(50);

    public async Task<IReadOnlyList<DeskTrouble>> Now(CancellationToken ct)
    {
        var troubles = new List<DeskTrouble>();
        if (await db.Strangers.CountAsync(s => s.SettledAt == null, ct) is > 0 and var waiting)
            troubles.Add(new DeskTrouble($"{Say.Count(waiting, "message")} left that nobody allowed: sent past the product.", StrangerWatch.Page, "See which"));
        if (await db.TransportLooks.MaxAsync(l => (DateTimeOffset?)l.At, ct) is { } last && clock.GetUtcNow() - last > Patience)
            troubles.Add(new DeskTrouble("For more than two days nobody compared what left with what was allowed. Does a worker run?", "/operator/work", "Look"));
        return troubles;
    }
}
