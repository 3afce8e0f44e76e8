namespace Plura.Messaging.Contracts;

/// <summary>What a contact was sent, for their story.</summary>
public interface IContactSends
{
    /// <summary>The sends of one kind of origin to one contact behind a moment and an id at that moment, newest first, ties by id.</summary>
    Task<IReadOnlyList<ContactSend>> OfContact(string origin, Guid contactId, DateTimeOffset before, Guid beforeId, int limit, CancellationToken ct);
}

/// <param name="At">When it reached its state.</param>
public sealed record ContactSend(Guid SendId, Guid OriginId, Guid ContactId, string State, string? Reason, DateTimeOffset At)
{
    /// <summary>What became of it in a line with its icon: "“Welcome” was delivered".</summary>
    public (string Icon, string Title) Told(string name) => State switch
    {
        "accepted" or "delivered" => ("mail-check", $"{name} was delivered"),
        "bounced" => ("mail-x", $"{name} came back"),
        "withheld" or "cancelled" or "skipped" => ("hand-stop", $"{name} was not sent"),
        "unknown" => ("help-circle", $"{name} may have been delivered"),
        _ => ("clock", $"{name} is waiting to be sent"),
    };
}
