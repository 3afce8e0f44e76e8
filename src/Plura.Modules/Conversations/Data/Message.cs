using Plura.Platform;

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

    /// <summary>The contact under whose key its words are sealed: stays when two contacts become one.</summary>
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

    public static Message In(Guid id, Conversation conversation, string channel, string externalId, byte[] words, DateTimeOffset now) =>
        Of(id, conversation, Directions.In, channel, null, words, now, externalId);

    public static Message Out(Guid id, Conversation conversation, string channel, Guid? author, byte[] words, DateTimeOffset now) =>
        Of(id, conversation, Directions.Out, channel, author, words, now, null);

    public static Message Note(Guid id, Conversation conversation, Guid? author, byte[] words, DateTimeOffset now) =>
        Of(id, conversation, Directions.Note, "", author, words, now, null);

    public void TakeBack(DateTimeOffset now) => TakenBackAt = now;

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
