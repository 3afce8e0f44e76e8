using System.Text.Json.Serialization;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Conversations.Contracts;

/// <summary>A contact wrote.</summary>
/// <param name="Channel">By which channel.</param>
public sealed record MessageReceived(Guid MessageId, Guid ConversationId, Guid ContactId, string Channel) : ITrigger
{
    /// <summary>What kind of thing narrows it.</summary>
    public const string Channels = "channel";

    /// <summary>Automations begin with it, and wait for it.</summary>
    public const string Replied = "replied";

    [JsonIgnore]
    public Happened? Happened => new(Replied, ContactId, FixedThings.Id(Channels, Channel));
}

/// <summary>A visitor of the web chat said who they are: a contact from now on.</summary>
public sealed record VisitorIntroduced(Guid ConversationId, Guid ContactId) : ITrigger
{
    public const string Began = "chat_started";

    [JsonIgnore]
    public Happened? Happened => new(Began, ContactId);
}

/// <summary>Somebody of the business answered; the message leaves in a few seconds, unless it is taken back.</summary>
public sealed record MessageWritten(Guid MessageId, Guid ConversationId, Guid ContactId) : IEvent;

/// <summary>Somebody else looks after a conversation now.</summary>
/// <param name="From">Who did before; null for nobody.</param>
/// <param name="To">Who does now; null for nobody.</param>
/// <param name="By">Who said so; null for a program.</param>
public sealed record ConversationAssigned(Guid ConversationId, Guid ContactId, Guid? From, Guid? To, Guid? By) : IEvent;
