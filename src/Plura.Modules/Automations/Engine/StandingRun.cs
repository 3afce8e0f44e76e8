using Plura.Automations.Contracts;
using Plura.Automations.Data;

namespace Plura.Automations;

/// <summary>A run in the hands of a turn: read and held, moved in memory, written back with all others at the end.</summary>
public sealed class StandingRun
{
    /// <summary>What <see cref="Awaits"/> says of a run that waits for a time and nothing else.</summary>
    public const string Time = "time";

    private bool resting;

    public required Guid Id { get; init; }

    public required Guid AutomationId { get; init; }

    public required int Version { get; init; }

    public required Guid ContactId { get; init; }

    public required int Entry { get; init; }

    public required DateTimeOffset BegunAt { get; init; }

    public int Pass { get; private set; }

    public Guid? StepId { get; private set; }

    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>It has waited at its step: for a happening of this kind, or for a <see cref="Time"/>.</summary>
    public string? Awaits { get; private set; }

    public bool Woken { get; private set; }

    public int Attempt { get; private set; }

    public string State { get; private set; } = RunStates.Going;

    public string? Reason { get; private set; }

    public DateTimeOffset Since { get; private set; }

    /// <summary>How many steps it took in this turn.</summary>
    public int Steps { get; private set; }

    /// <summary>It goes on at once, within this turn.</summary>
    public bool Moving => State == RunStates.Going && !resting;

    /// <summary>As it was found: before a step at which it may have waited.</summary>
    public StandingRun At(Guid? step, int pass, string? awaits, bool woken, int attempt, DateTimeOffset since)
    {
        (StepId, Pass, Awaits, Woken, Attempt, Since) = (step, pass, awaits, woken, attempt, since);
        return this;
    }

    /// <summary>As it stands, to be put back if what is tried with it fails.</summary>
    public StandingRun Copy() => (StandingRun)MemberwiseClone();

    public void BeAs(StandingRun copy) =>
        (StepId, Pass, Awaits, Woken, Attempt, Since, WakeAt, State, Reason, Steps, resting) = (copy.StepId, copy.Pass, copy.Awaits, copy.Woken, copy.Attempt, copy.Since, copy.WakeAt, copy.State, copy.Reason, copy.Steps, copy.resting);

    public StepRun ForStep() => new(Id, ContactId, Entry, Pass);

    public void GoTo(Guid? step, DateTimeOffset now)
    {
        (StepId, WakeAt, Awaits, Woken, Attempt, Reason, Since) = (step, null, null, false, 0, null, now);
        Steps++;
        if (step is null)
            End(RunStates.Done, null, now);
    }

    public void GoBackTo(Guid step, DateTimeOffset now)
    {
        Pass++;
        GoTo(step, now);
    }

    /// <param name="awaits">The happening, or <see cref="Time"/>.</param>
    /// <param name="until">Null for as long as it takes.</param>
    public void Wait(string awaits, DateTimeOffset? until) => (Awaits, WakeAt, Woken, Attempt, Reason, resting) = (awaits, until, false, 0, null, true);

    public void TryLater(DateTimeOffset at, string reason) => (WakeAt, Attempt, Reason, resting) = (at, Attempt + 1, reason, true);

    /// <summary>It stays where it stands, and goes on in a later turn.</summary>
    public void Rest(DateTimeOffset until) => (WakeAt, resting) = (until, true);

    public void End(string state, string? reason, DateTimeOffset now)
    {
        // What failed stays where it stands: somebody may have it tried again.
        if (state != RunStates.Failed)
            StepId = null;
        (State, Reason, WakeAt, Awaits, Woken, Since) = (state, reason, null, null, false, now);
    }
}
