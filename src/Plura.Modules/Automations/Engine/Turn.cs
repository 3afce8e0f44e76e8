using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Plura.Accounts.Contracts;
using Plura.Automations.Contracts;
using Plura.Automations.Data;
using Plura.Platform;
using Plura.Platform.Outbox;

namespace Plura.Automations;

/// <summary>
/// Takes due runs of one account and walks each as far as it goes, all that stand before the same step together. What the steps changed, the history and where the
/// runs stand now are one commit: whenever a machine falls, a step is done with its mark or not at all.
/// </summary>
public sealed partial class Turn(
    PluraDb db, RunStore store, RunsInHand inHand, FlowShelf shelf, IEnumerable<IStep> steps, IEnumerable<IMove> moves, IConditions conditions, IAccountDirectory accounts, Actor actor, TimeProvider clock, ILogger<Turn> log)
{
    public const int Most = 500;
    private const int MostSteps = 100;

    /// <summary>After how long a step that failed is tried again; after the last of them it has failed.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];

    private readonly List<Passed> passages = [];
    private readonly Dictionary<(Guid Automation, int Version), Route> routes = [];
    private Dictionary<Guid, string> names = [];
    private TimeZoneInfo zone = TimeZoneInfo.Utc;
    private DateTimeOffset now;
    private int rounds;

    /// <summary>Steps of one turn are written down a microsecond after each other, so that a history keeps their order.</summary>
    private DateTimeOffset At => now.AddMicroseconds(rounds);

    /// <summary>Answers how many runs it took.</summary>
    public async Task<int> Take(CancellationToken ct)
    {
        if (await accounts.Account(db.Tenant.Id, ct) is not { Closed: false } account)
            return 0;
        zone = TimeZoneInfo.FindSystemTimeZoneById(account.TimeZone);
        now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var runs = await store.Claim(Most, now, ct);
        if (runs.Count == 0)
            return 0;
        inHand.Hold(runs);
        await Prepare(runs, ct);
        var there = (await conditions.Meet([], [.. runs.Select(r => r.ContactId).Distinct()], ct)).Value;
        foreach (var run in runs.Where(r => !there.Contains(r.ContactId)))
            run.End(RunStates.Stopped, StopReasons.ContactGone, now);
        while (runs.Exists(r => r.Moving))
        {
            rounds++;
            foreach (var group in runs.Where(r => r.Moving).GroupBy(r => (r.AutomationId, r.Version, r.StepId)).OrderBy(g => g.Key.AutomationId).ThenBy(g => g.Key.StepId).ToList())
                await Walk(transaction, group.Key.AutomationId, group.Key.Version, group.Key.StepId, [.. group], ct);
        }

        await store.Write(runs, ct);
        await store.Write(passages, ct);
        await transaction.CommitAsync(ct);
        return runs.Count;
    }

    private async Task Prepare(List<StandingRun> runs, CancellationToken ct)
    {
        foreach (var version in runs.Select(r => (r.AutomationId, r.Version)).Distinct())
            routes[version] = await shelf.Route(db, version.AutomationId, version.Version, ct);
        var ids = runs.Select(r => r.AutomationId).Distinct().ToList();
        names = await db.Automations.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
    }

    private async Task Walk(IDbContextTransaction transaction, Guid automation, int version, Guid? stepId, List<StandingRun> runs, CancellationToken ct)
    {
        foreach (var run in runs.Where(r => r.Steps >= MostSteps))
            run.Rest(now);
        runs.RemoveAll(r => !r.Moving);
        if (stepId is not { } id)
        {
            runs.ForEach(r => r.GoTo(null, now));
            return;
        }

        if (runs.Count == 0)
            return;
        var route = routes[(automation, version)];
        var step = route.Step(id)!;
        // Stories say who did it.
        actor.BecomeSystem($"the automation “{names[automation]}”");
        if (await Tried(transaction, automation, route, step, runs, ct) is not { } error)
            return;
        if (runs.Count == 1)
        {
            Fail(runs[0], step, error);
            return;
        }

        // One of them may be what it cannot be done for: the others do not wait for that.
        foreach (var run in runs)
        {
            if (await Tried(transaction, automation, route, step, [run], ct) is { } own)
                Fail(run, step, own);
        }
    }

    /// <summary>Does the step for these runs, or nothing of it; answers why not.</summary>
    private async Task<Exception?> Tried(IDbContextTransaction transaction, Guid automation, Route route, FlowStep step, List<StandingRun> runs, CancellationToken ct)
    {
        const string before = "before_step";
        var copies = runs.ConvertAll(r => r.Copy());
        await transaction.CreateSavepointAsync(before, ct);
        try
        {
            var done = (await Do(automation, route, step, runs, ct)).ToDictionary(d => d.RunId);
            var passed = copies.ConvertAll(c => new Passed(c.Id, automation, step.Id, c.Pass, c.Attempt, At, done[c.Id].Outcome, done[c.Id].Detail));
            await transaction.ReleaseSavepointAsync(before, ct);
            passages.AddRange(passed);
            return null;
        }
        catch (Exception error) when (!Failure.WasOvertaken(error) && !ct.IsCancellationRequested)
        {
            await transaction.RollbackToSavepointAsync(before, ct);
            db.ChangeTracker.Clear();
            foreach (var (run, copy) in runs.Zip(copies))
                run.BeAs(copy);
            return error;
        }
    }

    private async Task<IReadOnlyList<StepDone>> Do(Guid automation, Route route, FlowStep step, List<StandingRun> runs, CancellationToken ct)
    {
        if (moves.FirstOrDefault(m => m.Kind.Kind == step.Kind) is { } move)
            return await move.Go(new Crossing(automation, step, route, runs, zone, now), ct);
        var act = steps.FirstOrDefault(s => s.Kind.Kind == step.Kind) ?? throw new UnknownWorkException($"No step is called {step.Kind}.");
        // Messages leave in the hours that the automation says.
        if (act.Kind.Sends && route.Flow.Hours?.Opens(now, zone) is { } opens)
        {
            runs.ForEach(r => r.Rest(opens));
            return [.. runs.Select(r => Crossing.Waits(r.Id, opens))];
        }

        var done = await act.Run(new StepBatch(automation, step.Id, step.Settings, runs.ConvertAll(r => r.ForStep()), now) { Turns = (count, stop) => store.Turns(automation, step.Id, count, floor: 0, stop) }, ct);
        foreach (var run in runs.Where(r => r.Moving))
            run.GoTo(route.After(step.Id), now);
        return done;
    }

    private void Fail(StandingRun run, FlowStep step, Exception error)
    {
        Failed(log, error, step.Kind, run.Id, run.Attempt);
        var failure = Failure.Of(error);
        var last = run.Attempt >= Pauses.Length;
        passages.Add(new Passed(run.Id, run.AutomationId, step.Id, run.Pass, run.Attempt, At, last ? Outcomes.Failed : Outcomes.Tried, new JsonObject { ["code"] = failure.Code, ["why"] = failure.Detail }));
        if (last)
            run.End(RunStates.Failed, failure.Code, now);
        else
            run.TryLater(now + Pauses[run.Attempt], failure.Code);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The step {Kind} failed for the run {Run}, try {Attempt}")]
    private static partial void Failed(ILogger logger, Exception error, string kind, Guid run, int attempt);
}

/// <summary>Why a run ended before its end. Stored as text.</summary>
public static class StopReasons
{
    public const string ContactGone = "contact_gone";
    public const string AccountClosed = "account_closed";
    public const string Deleted = "automation_deleted";

    /// <summary>What the automation stops for happened to them.</summary>
    public const string Happened = "happened";

    /// <summary>A person, a list's change or a step took them out.</summary>
    public const string TakenOut = "taken_out";

    /// <summary>The contact became one with another who is in the automation too.</summary>
    public const string Merged = "merged";
}
