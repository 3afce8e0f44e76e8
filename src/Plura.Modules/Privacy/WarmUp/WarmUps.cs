using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Plura.Accounts.Contracts;

namespace Plura.Privacy;

/// <summary>Knows what limit holds for an account today; asked for every batch, looked up once a minute.</summary>
public sealed class WarmUps(IServiceScopeFactory scopes, IConfiguration configuration, IHostEnvironment environment)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, (WarmUp? Found, DateTimeOffset From, DateTimeOffset Until)> known = new();

    private const string Days = """
        select d.allowed, (
            select count(*) from privacy.suppression s
            where s.tenant_id = $1 and s.reason in ('hard_bounce', 'complaint') and (s.at at time zone $3)::date = d.day)
        from privacy.warm_up_day d
        where d.tenant_id = $1 and d.day < $2 and d.allowed > 0
        """;

    /// <summary>
    /// Null where no limit holds. <c>Sending__WarmUp=false</c> turns it off for an installation whose accounts are all known; in development
    /// it is off by itself, as no receiver's trust is at stake.
    /// </summary>
    public async Task<WarmUp?> Of(NpgsqlConnection connection, Guid tenant, DateTimeOffset now, CancellationToken ct)
    {
        if (!configuration.GetValue("Sending:WarmUp", defaultValue: !environment.IsDevelopment()))
            return null;
        // A clock that went back looks anew, as one that went on does.
        if (known.TryGetValue(tenant, out var kept) && kept.From <= now && now < kept.Until)
            return kept.Found;
        // In a scope of its own: the pump decides while another of its workers reads with the account's scope.
        await using var scope = scopes.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<IAccountDirectory>().Account(tenant, ct);
        var found = await Look(connection, tenant, account, now, ct);
        known[tenant] = (found, now, now + Kept);
        return found;
    }

    /// <summary>The operator has just vouched, or no more: this process need not wait for the minute to end.</summary>
    public void Forget(Guid tenant) => known.TryRemove(tenant, out _);

    public static DateOnly DayOf(AccountCard account, DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone(account)).DateTime);

    private static async Task<WarmUp?> Look(NpgsqlConnection connection, Guid tenant, AccountCard? account, DateTimeOffset now, CancellationToken ct)
    {
        if (account is null or { Vouched: true } || now - account.CreatedAt >= Ladder.Established)
            return null;
        var (today, clean) = (DayOf(account, now), 0);
        await using (var command = new NpgsqlCommand(Days, connection))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = today });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Zone(account).Id });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                clean += Ladder.Clean(reader.GetInt32(0), reader.GetInt64(1)) ? 1 : 0;
        }

        var age = now - account.CreatedAt;
        if (Ladder.Limit(clean, age) is not { } limit)
            return null;
        var coming = new List<int>();
        for (var day = 1; Ladder.Limit(clean + day, age + TimeSpan.FromDays(day)) is { } next; day++)
            coming.Add(next);
        return new WarmUp(today, limit, coming);
    }

    private static TimeZoneInfo Zone(AccountCard account) => TimeZoneInfo.TryFindSystemTimeZoneById(account.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
