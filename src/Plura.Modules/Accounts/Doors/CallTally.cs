using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What was used.</summary>
public enum Credential
{
    Token,
    OldToken,
    App,
}

/// <summary>
/// When, from where and how often a token is used. A token in heavy use must not write a row per call, so calls are summed up here and
/// written once a minute, and when the node stops.
/// </summary>
public sealed partial class CallTally(IServiceScopeFactory scopes, TimeProvider clock, ILogger<CallTally> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(Guid Id, Credential Kind), Tally> tallies = new();

    /// <summary>Counts a call; the first in a minute is written at once, so that whoever tries a new token sees it.</summary>
    public async Task Count(PluraDb db, Guid id, Credential kind, string? from, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tally = tallies.GetOrAdd((id, kind), _ => new Tally());
        lock (tally)
        {
            (tally.Calls, tally.Last, tally.From) = (tally.Calls + 1, now, from);
            if (now - tally.WrittenAt < Every)
                return;
        }

        await Write(db, id, kind, tally, now, ct);
    }

    /// <summary>Writes what waits.</summary>
    public async Task Flush(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        foreach (var ((id, kind), tally) in tallies)
            await Write(db, id, kind, tally, now, ct);
        foreach (var idle in tallies.Where(t => t.Value.Calls == 0 && now - t.Value.WrittenAt > TimeSpan.FromHours(1)))
            tallies.TryRemove(idle);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, clock, stoppingToken);
            await Try(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var time = LastWrites.Time();
        await Try(time.Token);
    }

    private async Task Try(CancellationToken ct)
    {
        try
        {
            await Flush(ct);
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or DbUpdateException)
        {
            NotWritten(logger, error);
        }
    }

    private static async Task Write(PluraDb db, Guid id, Credential kind, Tally tally, DateTimeOffset now, CancellationToken ct)
    {
        long calls;
        DateTimeOffset last;
        string? from;
        lock (tally)
        {
            if (tally.Calls == 0)
                return;
            (calls, last, from) = (tally.Calls, tally.Last, tally.From);
            (tally.Calls, tally.WrittenAt) = (0, now);
        }

        try
        {
            await Save(db, id, kind, calls, last, from, ct);
        }
        catch
        {
            lock (tally)
                tally.Calls += calls;
            throw;
        }
    }

    private static Task<int> Save(PluraDb db, Guid id, Credential kind, long calls, DateTimeOffset last, string? from, CancellationToken ct) => kind switch
    {
        Credential.Token => db.ApiTokens.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, last).SetProperty(t => t.LastUsedFrom, from).SetProperty(t => t.Uses, t => t.Uses + calls), ct),
        Credential.OldToken => db.ApiTokens.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.OldUsedAt, last).SetProperty(t => t.Uses, t => t.Uses + calls), ct),
        Credential.App => db.AppConnections.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastUsedAt, last).SetProperty(c => c.LastUsedFrom, from).SetProperty(c => c.Uses, c => c.Uses + calls), ct),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "How often tokens were used could not be written; it is kept and written with the next")]
    private static partial void NotWritten(ILogger logger, Exception error);

    private sealed class Tally
    {
        public long Calls { get; set; }

        public DateTimeOffset Last { get; set; }

        public string? From { get; set; }

        public DateTimeOffset WrittenAt { get; set; }
    }
}
