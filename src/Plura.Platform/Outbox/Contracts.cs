namespace Plura.Platform;

/// <summary>News of one module for the others: a record of ids and facts, in the past tense (<c>ContactCreated</c>).</summary>
public interface IEvent;

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
