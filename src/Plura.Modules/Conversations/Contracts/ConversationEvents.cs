using System.Text.Json.Serialization;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Conversations.Contracts;

/// <summary>A contact wrote.</summary>
public sealed record MessageReceived(Guid MessageId, Guid ConversationId, Guid ContactId) : ITrigger
{
    /// <summary>Automations begin with it, and wait for it.</summary>
    public const string Replied = "replied";

    [JsonIgnore]
    public Happened? Happened => new(Replied, ContactId);
}

/// <summary>Somebody of the business answered; the message leaves in a few seconds, unless it is taken back.</summary>
public sealed record MessageWritten(Guid MessageId, Guid ConversationId, Guid ContactId) : IEvent;

/// <summary>Somebody else looks after a conversation now.</summary>
/// <param name="From">Who did before; null for nobody.</param>
/// <param name="To">Who does now; null for nobody.</param>
/// <param name="By">Who said so; null for a program.</param>
public sealed record ConversationAssigned(Guid ConversationId, Guid ContactId, Guid? From, Guid? To, Guid? By) : IEvent;
