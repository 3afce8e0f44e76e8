using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// Once a night: holds what the transports took since the look before, and what their providers have on record, against what was allowed, and tells whoever runs the installation of
/// messages that nobody allowed. Each is told once; looks overlap, because a transport may write down late what it took.
/// </summary>
public sealed partial class StrangerWatch(IServiceScopeFactory scopes, Reconciliation reconciliation, ProviderLook providers, TimeProvider clock, ILogger<StrangerWatch> logger) : HourlyWorker(clock, logger)
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
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<Actor>().BecomeSystem("Strangers");
        var db = services.GetRequiredService<PluraDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.Database.SqlQuery<bool>($"""select pg_try_advisory_xact_lock({OneAtATime}) as "Value" """).SingleAsync(ct))
            return null;
        var now = Clock.GetUtcNow();
        var last = await db.TransportLooks.MaxAsync(l => (DateTimeOffset?)l.At, ct);
        if (last >= LastNight(now))
            return null;
        var since = last is { } before ? before - Overlap : now - First;
        var found = await reconciliation.Lately(since, ct);
        var told = await providers.Run(since, ct);
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
