using Microsoft.EntityFrameworkCore;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Keeps what an account's automations listen to: what begins one that is on, and what somebody in one may wait for.</summary>
public sealed class Listeners(PluraDb db, FlowBook book)
{
    /// <summary>Held until the caller's transaction ends: nobody reads meanwhile what happened.</summary>
    public Task Hold(CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Hearing.LockClass}, hashtext({db.Tenant.Id.ToString()}))", ct);

    /// <summary>Changes whether and how an automation runs: finds it, refuses or changes it, and keeps what is listened to, in one commit or in the caller's.</summary>
    /// <param name="id">Which.</param>
    /// <param name="turn">Refuses, or changes it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result> Change(Guid id, Func<Automation, Task<Refusal?>> turn, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await Hold(ct);
        var found = await db.FindAutomation(id, ct);
        if ((found.Refusal ?? await turn(found.Value)) is { } refused)
            return refused;
        if (await db.SaveOrRefuse(ct) is { } overtaken)
            return overtaken;
        await Renew(ct);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }

    /// <summary>As it stands after what was saved.</summary>
    public async Task Renew(CancellationToken ct)
    {
        var on = await db.Automations.AsNoTracking().Where(a => a.OnSince != null && a.Published != null && a.DeletedAt == null).Select(a => new { a.Id, Version = a.Published!.Value }).ToListAsync(ct);
        var underWay = await db.Runs.Where(r => r.State == RunStates.Going || r.State == RunStates.Failed).Select(r => new { Id = r.AutomationId, r.Version }).Distinct().ToListAsync(ct);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in on.Concat(underWay).Distinct())
        {
            var flow = Flow.Read(await db.AutomationVersions.Where(v => v.AutomationId == version.Id && v.Number == version.Version).Select(v => v.Flow).FirstAsync(ct));
            kinds.UnionWith(book.Awaited(flow));
            if (on.Contains(version))
                kinds.UnionWith(flow.Triggers.Select(t => t.Kind));
        }

        var known = await db.Listenings.ToListAsync(ct);
        db.Listenings.RemoveRange(known.Where(k => !kinds.Contains(k.Kind)));
        db.Listenings.AddRange(kinds.Where(k => !known.Exists(l => l.Kind == k)).Select(Listening.For));
    }
}
