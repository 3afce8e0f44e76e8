using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Plura.Messaging;

/// <summary>
/// What follows a committed round and need not be in it: receivers' moods, the count of failures that pauses a dispatch, and the
/// ring for those who watch. Losing any of it in a crash loses no send.
/// </summary>
public sealed partial class Aftermath(Destinations destinations, Health health, LiveRing ring, TimeProvider clock, ILogger<Aftermath> log)
{
    private const int NoteEvery = 100;
    private readonly ConcurrentDictionary<DispatchKey, (int Tried, int Failed)> tallies = new();

    public async Task Note(Round round)
    {
        try
        {
            var now = clock.GetUtcNow();
            foreach (var outcome in round.Outcomes)
            {
                if (outcome.Answer is { } answer)
                    await destinations.Heard(outcome.Item.Domain, answer, now, CancellationToken.None);
                Count(outcome.Item.Dispatch, outcome.Failed);
            }

            foreach (var back in round.PutBacks.Where(b => b.State == SendStates.Bounced))
                Count(back.Item.Dispatch, failed: true);
            foreach (var dispatch in round.Outcomes.Select(o => o.Item.Dispatch).Concat(round.PutBacks.Select(b => b.Item.Dispatch)).Concat(round.Wanted.Select(w => w.Dispatch)).Distinct())
            {
                if (tallies.TryGetValue(dispatch, out var tally) && (tally.Failed > 0 || tally.Tried >= NoteEvery))
                    await Flush(dispatch);
                await ring.Ring(dispatch, CancellationToken.None);
            }
        }
        catch (NpgsqlException error)
        {
            Missed(log, error);
        }
    }

    /// <summary>At the end of a run: what was counted and not yet written.</summary>
    public async Task Flush(DispatchKey dispatch)
    {
        if (tallies.TryRemove(dispatch, out var tally))
            await health.Note(dispatch, tally.Tried, tally.Failed, CancellationToken.None);
    }

    private void Count(DispatchKey dispatch, bool failed) =>
        tallies.AddOrUpdate(dispatch, (1, failed ? 1 : 0), (_, t) => (t.Tried + 1, t.Failed + (failed ? 1 : 0)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The count of failures could not be written; sending is not affected")]
    private static partial void Missed(ILogger logger, Exception error);
}
