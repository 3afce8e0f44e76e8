using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// The clock of closed accounts: once an hour it reminds owners whose grace ends in a week, and deletes the accounts whose day has come, in
/// batches. Everything it knows stands in the database, so it goes on after a kill where it was, on whichever node.
/// </summary>
public sealed partial class AccountEnds(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AccountEnds> logger) : HourlyWorker(clock, logger)
{
    /// <summary>The kind of the letter that reminds.</summary>
    public const string Letter = "account_grace_ends";

    /// <summary>The installation's log keeps it under this act.</summary>
    public const string Act = "account.purge";

    /// <summary>How many rows go in one transaction.</summary>
    public int BatchSize { get; init; } = 5_000;

    /// <summary>Answers how many accounts' owners were written to.</summary>
    public async Task<int> Warn(CancellationToken ct)
    {
        var (now, soon) = (Clock.GetUtcNow(), Clock.GetUtcNow() + AccountClosure.Warning);
        var due = await Closures(c => c.WarnedAt == null && c.ReadableUntil > now && c.ReadableUntil <= soon, ct);
        foreach (var (id, account) in due)
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            services.GetRequiredService<Tenant>().Enter(account);
            services.GetRequiredService<Actor>().BecomeSystem(nameof(AccountEnds));
            var db = services.GetRequiredService<PluraDb>();
            // Another node, or an owner who opened it again, may have been here first: the row is held while the letters are posted.
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await db.AccountClosures.FromSql($"select * from accounts.account_closure where id = {id} and warned_at is null and reopened_at is null for update").SingleOrDefaultAsync(ct) is not { } closure)
                continue;
            closure.Warn(now);
            var card = await db.Accounts.FirstAsync(a => a.Id == account, ct);
            foreach (var owner in await services.GetRequiredService<IAccountDirectory>().Owners(account, ct))
                services.GetRequiredService<ISystemMail>().Post(ClosingLetters.Of(Letter, owner, card, closure, ""));
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return due.Count;
    }

    /// <summary>Deletes every account whose day has come; answers how many. One that cannot be deleted keeps no other: it is thrown at the end.</summary>
    public async Task<int> Purge(CancellationToken ct)
    {
        var now = Clock.GetUtcNow();
        var due = await Closures(c => c.PurgedAt == null && c.PurgeAt <= now, ct);
        var failed = new List<Exception>();
        foreach (var (id, account) in due)
        {
            try
            {
                await Purge(id, account, now, ct);
            }
            catch (Exception error) when (Passes(error))
            {
                NotPurged(Log, account);
                failed.Add(error);
            }
        }

        return failed.Count == 0 ? due.Count : throw new AggregateException(failed);
    }

    private async Task Purge(Guid id, Guid account, DateTimeOffset now, CancellationToken ct)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            // Keys first: without them what still waits to be deleted can be read by nobody.
            foreach (var remains in scope.ServiceProvider.GetServices<IAccountRemains>())
                await remains.Remove(account, ct);
        }

        var tables = new HashSet<string>(StringComparer.Ordinal);
        while (await Batch(account, ct) is { Count: > 0 } gone)
            tables.UnionWith(gone.Select(g => g.Relation));
        await using var last = scopes.CreateAsyncScope();
        last.ServiceProvider.GetRequiredService<Actor>().BecomeSystem(nameof(AccountEnds));
        var db = last.ServiceProvider.GetRequiredService<PluraDb>();
        if (await db.AccountClosures.FirstOrDefaultAsync(c => c.Id == id && c.PurgedAt == null, ct) is not { } closure)
            return;
        closure.Purge(now);
        last.ServiceProvider.GetRequiredService<IAudit>().Note(Act, account, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["closure"] = id.ToString(),
            ["rows"] = closure.RowsGone.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
        await db.SaveChangesAsync(ct);
        Purged(Log, account, closure.RowsGone, tables.Count);
    }

    private async Task<List<Deleted>> Batch(Guid account, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PluraDb>().Database
            .SqlQuery<Deleted>($"select relation, gone from accounts.purge_account({account}, {BatchSize})").ToListAsync(ct);
    }

    private async Task<List<(Guid Id, Guid Account)>> Closures(System.Linq.Expressions.Expression<Func<AccountClosure, bool>> which, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<PluraDb>().AccountClosures.Where(c => c.ReopenedAt == null).Where(which)
            .OrderBy(c => c.PurgeAt).Select(c => new { c.Id, c.AccountId }).ToListAsync(ct);
        return [.. found.Select(f => (f.Id, f.AccountId))];
    }

    protected override async Task<long> Round(CancellationToken ct) => await Warn(ct) + await Purge(ct);

    private sealed record Deleted(string Relation, long Gone);

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {Account} is deleted: {Rows} rows, the last of them in {Tables} tables")]
    private static partial void Purged(ILogger logger, Guid account, long rows, int tables);

    [LoggerMessage(Level = LogLevel.Error, Message = "Account {Account} could not be deleted; the others are, and this one is tried again in an hour")]
    private static partial void NotPurged(ILogger logger, Guid account);
}
