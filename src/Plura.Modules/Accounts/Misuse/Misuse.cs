using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Notes signals and weighs them. Past the threshold the account's messages wait: its people read why and can answer, its owners get a letter,
/// and a person of the operator decides. Signing in is never touched.
/// </summary>
internal sealed class Misuse(IServiceScopeFactory scopes, TimeProvider clock) : IMisuse
{
    /// <summary>The kind of the notice that leads to the reason.</summary>
    public const string Notice = "account_stopped";

    /// <summary>Where the account's people read why and answer, relative to the account.</summary>
    public const string Page = "stopped";

    public async Task Raise(Guid account, string code, IReadOnlyDictionary<string, string> facts, CancellationToken ct)
    {
        // A scope outside any account: the signal is the operator's, and both logs tell of a hold.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("misuse");
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        await using var change = await db.Database.BeginTransactionAsync(ct);
        // Two signals about one account take turns: the second then weighs the first as well.
        await db.Database.ExecuteSqlAsync($"select from accounts.account where id = {account} for update", ct);
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == account, ct) is not { } found)
            return;
        var now = clock.GetUtcNow();
        var (again, week) = (now - SignalBook.Again, now - SignalBook.Counts);
        if (await db.MisuseSignals.AnyAsync(s => s.AccountId == account && s.Code == code && s.At > again, ct))
            return;
        var kind = SignalBook.Of(code);
        db.MisuseSignals.Add(MisuseSignal.Of(account, null, code, kind.Weight, JsonSerializer.Serialize(facts), now));
        await db.SaveChangesAsync(ct);

        // What a person has looked at and let go does not count again.
        var looked = await db.AccountStops.Where(s => s.AccountId == account).MaxAsync(s => s.EndedAt, ct) ?? week;
        var since = looked > week ? looked : week;
        var weights = await db.MisuseSignals.Where(s => s.AccountId == account && s.At > since).GroupBy(s => s.Code).Select(g => new { Code = g.Key, Weight = g.Max(s => s.Weight), First = g.Min(s => s.At) }).ToListAsync(ct);
        if (weights.Sum(w => w.Weight) >= SignalBook.HoldAt && !await db.AccountStops.AnyAsync(s => s.AccountId == account && s.EndedAt == null, ct))
            await Hold(scope.ServiceProvider, db, found, [.. weights.Where(w => w.Weight > 0).OrderBy(w => w.First).Select(w => w.Code)], now, ct);
        await change.CommitAsync(ct);
    }

    private static async Task Hold(IServiceProvider services, PluraDb db, Account account, IReadOnlyList<string> codes, DateTimeOffset now, CancellationToken ct)
    {
        var stop = AccountStop.Hold(account.Id, codes, SignalBook.Sentence(codes), now);
        db.AccountStops.Add(stop);
        account.Obey(stop);
        await services.GetRequiredService<StopLetters>().Tell(account, stop, "Your messages wait until we have looked at your account", stop.Reason, ct);
        services.GetRequiredService<BothLogs>().Note("operator.hold_account", account.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["signals"] = stop.Codes });
        services.GetRequiredService<INotices>().Post(Notice, stop.Reason, Page);
        // The connection is open since before the scope knew the account.
        await using (var enter = TenantConnections.Set((NpgsqlConnection)db.Database.GetDbConnection(), account.Id))
            await enter.ExecuteNonQueryAsync(ct);
        await db.SaveChangesAsync(ct);
    }
}
