namespace Plura.Messaging.Contracts;

/// <summary>Hands over what is due, for whoever cannot wait for the worker (a command). Any number may run beside it.</summary>
public interface ISendPump
{
    /// <summary>Answers how many messages were handed over.</summary>
    Task<int> RunDue(CancellationToken ct);
}
