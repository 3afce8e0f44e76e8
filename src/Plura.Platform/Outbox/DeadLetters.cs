using Microsoft.EntityFrameworkCore;

namespace Plura.Platform.Outbox;

/// <summary>What the scope's account (or, outside any, the installation itself) has in the outbox that did not finish, and its second chance.</summary>
public sealed class DeadLetters(PluraDb db, Tenant tenant, OutboxCatalog catalog, IServiceProvider scope, TimeProvider clock)
{
    /// <summary>Where the account's people see them, relative to the account.</summary>
    public const string Page = "settings/unfinished";

    /// <summary>The kind of the notice that leads there.</summary>
    public const string Notice = "work_unfinished";

    /// <summary>What rings when the list changes.</summary>
    public const string Topic = "unfinished";

    /// <summary>Dead ones, and those that failed and are still being tried; the newest first.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> List(int most, CancellationToken ct) => await db.Outbox.AsNoTracking()
        .Where(m => m.TenantId == tenant.Current && m.LastError != null)
        .OrderByDescending(m => m.DeadAt ?? m.RunAt).ThenByDescending(m => m.Id).Take(most).ToListAsync(ct);

    /// <summary>Has one dead message tried again, or all of them; answers which.</summary>
    public async Task<IReadOnlyList<Guid>> Again(Guid? id, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var revived = await db.Outbox.FromSql($"""
            update platform.outbox_message set dead_at = null, attempts = 0, node = null, run_at = {now}
            where dead_at is not null and tenant_id is not distinct from {tenant.Current}::uuid and ({id}::uuid is null or id = {id}::uuid)
            returning *
            """).AsNoTracking().ToListAsync(ct);
        if (revived.Count == 0)
            return [];
        foreach (var message in revived)
            await catalog.Again(scope, message, ct);
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return [.. revived.Select(m => m.Id)];
    }
}
