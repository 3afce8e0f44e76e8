using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations.Data;

/// <summary>One message of a conversation: what the contact wrote, what was answered, or a note among colleagues. Its words stand only under the contact's key.</summary>
public sealed class Message : ITenantOwned
{
    private Message()
    {
    }

    public Guid TenantId { get; private set; }

    /// <summary>Also the origin id of the send, where it leaves by one.</summary>
    public Guid Id { get; private set; }

    public Guid ConversationId { get; private set; }

    /// <summary>The contact under whose key its words are sealed: stays when two contacts become one. Of a visitor whom nobody knows, their session.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>See <see cref="Directions"/>.</summary>
    public string Direction { get; private set; } = "";

    public string Channel { get; private set; } = "";

    /// <summary>The user who wrote it; null for the contact, and for programs.</summary>
    public Guid? AuthorId { get; private set; }

    /// <summary>When it was written here, or arrived here.</summary>
    public DateTimeOffset OccurredAt { get; private set; }

    /// <summary>The Message-ID of an e-mail that came, without angle brackets: what is delivered twice is taken once.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>Subject, text and the rest (<see cref="MessageText"/>), as ciphertext.</summary>
    public byte[] Sealed { get; private set; } = [];

    /// <summary>When it was taken back before it left.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }

    /// <summary>When somebody wanted it to leave; null for as soon as it may.</summary>
    public DateTimeOffset? LeavesAt { get; private set; }

    /// <summary>The visitor's session, of a message of the web chat: its visitor sees the messages of their own session and no others.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>When an answer in the chat was laid before its visitor: the gate had allowed it.</summary>
    public DateTimeOffset? HandedAt { get; private set; }

    /// <summary>When the visitor's stream took it.</summary>
    public DateTimeOffset? SeenAt { get; private set; }

    /// <summary>The answer with which it went out by e-mail, because its visitor had left without seeing it: the first of those in the same mail.</summary>
    public Guid? MailedWith { get; private set; }

    public static Message In(Guid id, Conversation conversation, string channel, string externalId, byte[] words, DateTimeOffset now) =>
        Of(id, conversation, Directions.In, channel, null, words, now, externalId);

    public static Message Out(Guid id, Conversation conversation, string channel, Guid? author, byte[] words, DateTimeOffset now, DateTimeOffset? leavesAt = null)
    {
        var message = Of(id, conversation, Directions.Out, channel, author, words, now, null);
        message.LeavesAt = leavesAt;
        return message;
    }

    public static Message Note(Guid id, Conversation conversation, Guid? author, byte[] words, DateTimeOffset now) =>
        Of(id, conversation, Directions.Note, "", author, words, now, null);

    /// <summary>What a visitor of a website wrote.</summary>
    public static Message FromVisitor(Guid id, Conversation conversation, ChatSession session, string externalId, byte[] words, DateTimeOffset now)
    {
        var message = Of(id, conversation, Directions.In, Channels.Chat, null, words, now, externalId);
        (message.SessionId, message.HandedAt) = (session.Id, now);
        return message;
    }

    /// <summary>What they are answered.</summary>
    public static Message ToVisitor(Guid id, Conversation conversation, ChatSession session, Guid? author, byte[] words, DateTimeOffset now)
    {
        var message = Of(id, conversation, Directions.Out, Channels.Chat, author, words, now, null);
        message.SessionId = session.Id;
        return message;
    }

    public void TakeBack(DateTimeOffset now) => TakenBackAt = now;

    public void HandOver(DateTimeOffset now) => HandedAt ??= now;

    /// <summary>It is known now with whom it was: its words stand under that contact's key.</summary>
    public void MoveTo(Conversation conversation, byte[] words) => (ConversationId, SubjectId, Sealed) = (conversation.Id, conversation.ContactId, words);

    private static Message Of(Guid id, Conversation conversation, string direction, string channel, Guid? author, byte[] words, DateTimeOffset now, string? externalId) => new()
    {
        Id = id,
        ConversationId = conversation.Id,
        SubjectId = conversation.ContactId,
        Direction = direction,
        Channel = channel,
        AuthorId = author,
        OccurredAt = now,
        ExternalId = externalId,
        Sealed = words,
    };
}

/// <summary>Which way a message went. Stored as text.</summary>
public static class Directions
{
    public const string In = "in";
    public const string Out = "out";

    /// <summary>For colleagues only; never leaves.</summary>
    public const string Note = "note";
}
