namespace Plura.Messaging.Contracts;

/// <summary>Plays the readers of the demo's campaign: the same handlers that the links of a letter reach.</summary>
public interface IDemoReaders
{
    Task Open(Guid sendId, string userAgent, CancellationToken ct);

    /// <summary>Follows the letter's first link.</summary>
    Task Click(Guid sendId, string userAgent, CancellationToken ct);

    Task Unsubscribe(Guid sendId, CancellationToken ct);
}
