using Plura.Contacts.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Which sends belong together: one origin of one account.</summary>
public readonly record struct DispatchKey(Guid TenantId, string Origin, Guid OriginId);

/// <summary>A claimed row on its way through the pump.</summary>
/// <param name="Attempt">How many intents it has had before; its next intent is one more.</param>
/// <param name="Node">The node number under which it was claimed.</param>
/// <param name="HasPlace">It has waited for its place among the texts of its number, which has come.</param>
public sealed record Claimed(Guid Id, Guid ContentId, Guid ContactId, Guid ContactPointId, Guid AddressKey, string MessageId, int Attempt, DateTimeOffset? FirstIntendedAt, int Node, bool HasPlace);

/// <summary>A claimed row whose message is written, waiting for a free connection.</summary>
/// <param name="Message">Null where the recipient has lost the address (the gate then says so) or the message could not be written.</param>
/// <param name="Domain">The hash of the receiving domain; for a text message that of the carrier.</param>
public sealed record SendItem(TenantLane Lane, DispatchKey Dispatch, Claimed Row, ICompiledMessage Template, Recipient? Recipient, ComposedMessage? Message, Guid Domain)
{
    public Guid AddressKey => Recipient?.AddressKey ?? Row.AddressKey;

    /// <summary>The attempt that an intent given now would be.</summary>
    public int NextAttempt => Row.Attempt + 1;

    /// <summary>What the gate is asked.</summary>
    public GateQuestion Ask(string? transport) => Template.Ask(
        new GateQuestion
        {
            SendId = Row.Id,
            ContactId = Row.ContactId,
            AddressKey = AddressKey,
            Channel = Template.Channel,
            Category = Template.Category,
            Topic = Template.Topic,
            Minor = Recipient?.Minor ?? false,
            AccountSuspended = Lane.Suspended,
            AccountHeld = Lane.Held,
            TriedBefore = Row.Attempt > 0,
            Transport = transport,
            HasPostalAddress = Template.HasPostalAddress,
            HasUnsubscribe = Template.HasUnsubscribe,
            HasAddress = Recipient is not null,
        },
        Recipient);
}

/// <summary>What became of a send, as it will be written to its row and its events.</summary>
/// <param name="Attempt">The attempt it belongs to; a row that has moved on since is left alone.</param>
/// <param name="Due">When to try again, for a state that still moves.</param>
/// <param name="Event">What the story says, or null where nothing is to be told.</param>
/// <param name="Answer">What the transport said, where it was asked.</param>
public sealed record SendOutcome(SendItem Item, int Attempt, string State, string? Reason, int? Code, DateTimeOffset? Due, string? Event, string? Detail, HandOff? Answer = null)
{
    public bool Final => State is SendStates.Accepted or SendStates.Bounced or SendStates.Unknown;

    public bool Failed => State is SendStates.Bounced;
}

/// <summary>Gives a claimed row back without an intent.</summary>
public sealed record PutBack(SendItem Item, string State, string? Reason, DateTimeOffset? Due, Guid? DecisionId);
