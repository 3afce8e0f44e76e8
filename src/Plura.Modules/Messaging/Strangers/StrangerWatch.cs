using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// Once a night: holds what the transports took since the look before, and what their providers have on record, against what was allowed, and tells whoever runs the installation of
/// messages that nobody allowed. Each is told once; looks overlap, because a transport may write down late what it took.
/// </summary>
public sealed partial class StrangerWatch(NpgsqlDataSource database, IServiceScopeFactory scopes, Reconciliation reconciliation, ProviderLook providers, TimeProvider clock, ILogger<StrangerWatch> logger) : HourlyWorker(clock, logger)
{
    /// <summary>The letter to the operator.</summary>
    public const string Letter = "strangers";

    public const string Page = "/operator/strangers";

    /// <summary>By the clock of UTC. The very first look does not wait for it.</summary>
    private static readonly TimeSpan Night = TimeSpan.FromHours(2);

    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    /// <summary>How far back the first look goes.</summary>
    public static readonly TimeSpan First = TimeSpan.FromDays(30);

    /// <summary>The advisory lock: of several nodes one looks.</summary>
    private const long OneAtATime = 20563;

    /// <summary>Answers how many were found that nobody had found before; null where the night's look has been made.</summary>
    public async Task<int?> Look(CancellationToken ct)
    {
        // Held by a connection of its own and no transaction: providers are asked over the net, and may take long.
        await using var alone = await database.OpenConnectionAsync(ct);
        if (!await Try(alone, "select pg_try_advisory_lock($1)", ct))
            return null;
        try
        {
            return await LookAlone(ct);
        }
        finally
        {
            await Try(alone, "select pg_advisory_unlock($1)", CancellationToken.None);
        }
    }

    private async Task<int?> LookAlone(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<Actor>().BecomeSystem("Strangers");
        var db = services.GetRequiredService<PluraDb>();
        var now = Clock.GetUtcNow();
        var looks = await db.TransportLooks.AsNoTracking().Select(l => new { l.At, l.Silent }).ToListAsync(ct);
        var last = looks.Max(l => (DateTimeOffset?)l.At);
        if (last >= LastNight(now))
            return null;
        var since = last is { } before ? before - Overlap : now - First;
        var found = await reconciliation.Lately(since, ct);
        // One that was silent is asked from where it was last heard.
        var told = await providers.Run(name => looks.Where(l => !l.Silent.Split(", ").Contains(name, StringComparer.Ordinal)).Max(l => (DateTimeOffset?)l.At) is { } heard ? heard - Overlap : now - ProviderLook.First, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var fresh = await Keep(db, [.. found.All, .. told.Strangers], now, ct);
        var look = TransportLook.Of(since, found.Checked + told.Compared, found.Strangers + told.Strangers.Count, fresh, now);
        look.Asked(told.Receipts, told.Found, string.Join(", ", told.Silent));
        db.TransportLooks.Add(look);
        if (fresh > 0)
        {
            Found(Log, fresh);
            services.GetRequiredService<ISystemMail>().Post(new SystemLetter(Letter, look.Id, look.Id, ToOperator: true, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["count"] = fresh.ToString(CultureInfo.InvariantCulture),
                ["path"] = Page,
            }));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return fresh;
    }

    private static async Task<bool> Try(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.Command(sql, Sql.Of(OneAtATime));
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    protected override async Task<long> Round(CancellationToken ct) => await Look(ct) ?? 0;

    /// <summary>Answers how many of them were not known.</summary>
    private static async Task<int> Keep(PluraDb db, IReadOnlyList<string> strangers, DateTimeOffset now, CancellationToken ct) => strangers.Count == 0
        ? 0
        : await db.Database.ExecuteSqlAsync($"""
            insert into messaging.stranger (message_id, found_at)
            select distinct left(id, 500), {now} from unnest({strangers.ToArray()}) id
            on conflict (message_id) do nothing
            """, ct);

    private static DateTimeOffset LastNight(DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + Night;
        return today <= now ? today : today.AddDays(-1);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} messages left that nobody allowed; /operator/strangers and bin/plura sends reconcile name them")]
    private static partial void Found(ILogger logger, int count);
}
