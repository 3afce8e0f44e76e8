using Plura.Platform;

namespace Plura.Conversations.Contracts;

/// <summary>A contact wrote.</summary>
public sealed record MessageReceived(Guid MessageId, Guid ConversationId, Guid ContactId) : IEvent;

/// <summary>Somebody of the business answered; the message leaves in a few seconds, unless it is taken back.</summary>
public sealed record MessageWritten(Guid MessageId, Guid ConversationId, Guid ContactId) : IEvent;
