using Plura.Accounts.Contracts;
using Plura.Conversations.Data;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>Conversations with their messages, in the file with everything. Messages are opened: they belong to the account.</summary>
internal sealed class ConversationsPart(ISubjectTexts texts) : IAccountPart
{
    public string Folder => "conversations";

    public IReadOnlyDictionary<Type, string> LeftOut { get; } = new Dictionary<Type, string>
    {
        [typeof(MessageWord)] = "Only helps to find words that stand in the messages.",
        [typeof(KeptMail)] = "Mails that were not understood, kept as they came for thirty days at most.",
    };

    public IReadOnlyList<TakenTable> Tables =>
    [
        TakenTable.Of<Conversation>("conversations", "Conversations, one for each contact.", ("Id", "Its id"), ("ContactId", "The contact, as in contacts/contacts.csv"), ("Channel", "By which channel they wrote last"), ("State", "open, snoozed or closed"), ("SnoozedUntil", "When it comes back by itself"), ("AssigneeId", "Who looks after it, as in account/people.csv"), ("Starred", "Whether it has a star"), ("Unread", "Whether something came that nobody looked at"), ("LastMessageId", "The newest message, as in messages.csv"), ("LastMessageAt", "When that was"), ("LastInboundAt", "When the contact wrote last"), ("ContactGoneAt", "When its contact was moved to the bin"), ("CreatedAt", "Since when"), ("Version", "How often it was changed")),
        TakenTable.Of<Message>("messages", "What was written, in order.", ("Id", "Its id; of a reply also the origin in messages/sends.csv"), ("ConversationId", "The conversation, as in conversations.csv"), ("SubjectId", "The contact under whose key it was kept"), ("Direction", "in, out or note"), ("Channel", "By which channel"), ("AuthorId", "Who wrote it, as in account/people.csv"), ("OccurredAt", "When"), ("ExternalId", "Its id in mail programs"), ("Sealed", "What it says, as JSON; empty if its key was destroyed"), ("TakenBackAt", "When it was taken back before it left")) with
        {
            Opened = new Dictionary<string, Func<IReadOnlyDictionary<string, object?>, CancellationToken, Task<string?>>>(StringComparer.Ordinal) { ["Sealed"] = Open },
        },
    ];

    private async Task<string?> Open(IReadOnlyDictionary<string, object?> row, CancellationToken ct)
    {
        var id = (Guid)row["Id"]!;
        return (await texts.Open([new SealedText((Guid)row["SubjectId"]!, id, (byte[])row["Sealed"]!)], ct)).GetValueOrDefault(id);
    }
}
