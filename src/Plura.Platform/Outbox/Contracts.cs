namespace Plura.Platform;

/// <summary>News of one module for the others: a record of ids and facts, in the past tense (<c>ContactCreated</c>).</summary>
public interface IEvent;

/// <summary>
/// Sees each event at the moment it is published and may add rows of its own to the same change: for what must not be told later than it happens. A singleton.
/// </summary>
public interface IWitness
{
    void Saw(PluraDb db, IEvent news);
}

/// <summary>Work to be done later, at least once. A record of ids; never personal data, never a secret.</summary>
public interface IJob;

/// <summary>Hears an event, in a scope of its own inside the event's tenant. May be called again: make it idempotent.</summary>
public interface ISubscriber<in TEvent> where TEvent : IEvent
{
    Task When(TEvent news, CancellationToken ct);
}

/// <summary>Does a job, in a scope of its own inside the job's tenant. May be called again: make it idempotent.</summary>
public interface IJobHandler<in TJob> where TJob : IJob
{
    Task Run(TJob job, CancellationToken ct);
}

/// <summary>
/// On the handler of a job whose state people see elsewhere too (an import's page). Both are called inside the change that marks the
/// job's message: what they change commits with it.
/// </summary>
public interface IKnowsItsEnd<in TJob> where TJob : IJob
{
    /// <summary>The last try failed; the job now waits for a person.</summary>
    /// <param name="job">The job.</param>
    /// <param name="why">A sentence for the account's people.</param>
    /// <param name="ct">Stops it.</param>
    Task GaveUp(TJob job, string why, CancellationToken ct);

    /// <summary>A person has the job tried again: it runs in a moment.</summary>
    Task Again(TJob job, CancellationToken ct);
}

/// <summary>On every subscriber and job handler: what it does, in words for the account's people, who read them where it did not finish.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WorkAttribute(string words) : Attribute
{
    /// <summary>A few words without a verb in front: <c>Import of a contact list</c>.</summary>
    public string Words { get; } = words;

    /// <summary>Where it can be looked at, relative to the account, with the message's ids: <c>contacts/import/{ImportId}</c>.</summary>
    public string? Page { get; init; }
}
