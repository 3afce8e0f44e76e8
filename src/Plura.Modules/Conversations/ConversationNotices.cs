using Plura.Platform;

namespace Plura.Conversations;

/// <summary>What people are told about conversations: by name only while they may see it. Whatever else is told about one belongs here too.</summary>
public static class ConversationNotices
{
    /// <summary>As <see cref="ConversationNames"/> knows it.</summary>
    public const string Thing = "conversation";

    public const string Message = "conversation_message";
    public const string Waiting = "conversation_waiting";
    public const string Given = "conversation_given";

    public const string Mention = "conversation_mention";
    public const string Rated = "conversation_rated";
    public const string Overdue = "conversation_overdue";

    /// <summary>What has been seen to when somebody of the business answered, or closed it.</summary>
    public static readonly string[] Answered = [Message, Waiting, Given, Overdue];

    public static readonly NoticeKind[] Kinds =
    [
        Kind(Message, "Somebody writes in a conversation of yours"),
        Kind(Waiting, "Somebody writes and nobody looks after it"),
        Kind(Given, "A conversation is given to you"),
        Kind(Mention, "A colleague calls you in a note"),
        Kind(Rated, "Somebody says how a conversation was"),
        Kind(Overdue, "Somebody waits longer for an answer than promised"),
    ];

    private static NoticeKind Kind(string kind, string text) => new(kind, text, MailToOwners: false) { Area = "Conversations", Permission = "conversations.read", Pushes = true };
}
