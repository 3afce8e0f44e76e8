using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>Conversations with their messages, in the file with everything. Messages are opened: they belong to the account.</summary>
internal sealed class ConversationsPart(PluraDb db, ISubjectTexts texts, MessageFiles files, SnippetFiles kept) : IAccountPart
{
    public string Folder => "conversations";

    public IReadOnlyDictionary<Type, string> LeftOut { get; } = new Dictionary<Type, string>
    {
        [typeof(MessageWord)] = "Only helps to find words that stand in the messages.",
        [typeof(KeptMail)] = "Mails that were not understood, kept as they came for thirty days at most.",
        [typeof(ChatDoor)] = "The address of the web chat; it stands in chat.csv.",
        [typeof(Draft)] = "What somebody has begun to write and not sent: it is theirs alone.",
        [typeof(Presence)] = "Who looks at what at this minute.",
    };

    public IReadOnlyList<TakenTable> Tables =>
    [
        TakenTable.Of<Conversation>("conversations", "Conversations, one for each contact.", ("Id", "Its id"), ("ContactId", "The contact, as in contacts/contacts.csv"), ("Channel", "By which channel they wrote last"), ("State", "open, snoozed or closed"), ("SnoozedUntil", "When it comes back by itself"), ("AssigneeId", "Who looks after it, as in account/people.csv"), ("Starred", "Whether it has a star"), ("Unread", "Whether something came that nobody looked at"), ("LastMessageId", "The newest message, as in messages.csv"), ("LastMessageAt", "When that was"), ("LastInboundAt", "When the contact wrote last"), ("ContactGoneAt", "When its contact was moved to the bin"), ("CreatedAt", "Since when"), ("DueAt", "By when somebody was to answer"), ("AwayAt", "When they were last told that you are closed"), ("JoinedInto", "The conversation in which its messages stand now, as here"), ("Version", "How often it was changed")),
        TakenTable.Of<Message>("messages", "What was written, in order.", ("Id", "Its id; of a reply also the origin in messages/sends.csv"), ("ConversationId", "The conversation, as in conversations.csv"), ("SubjectId", "The contact under whose key it was kept"), ("Direction", "in, out or note"), ("Channel", "By which channel"), ("AuthorId", "Who wrote it, as in account/people.csv"), ("OccurredAt", "When"), ("ExternalId", "Its id in mail programs"), ("Sealed", "What it says, as JSON; empty if its key was destroyed"), ("TakenBackAt", "When it was taken back before it left"), ("SessionId", "In the web chat: whose, as in visitors.csv"), ("HandedAt", "When an answer in the web chat was laid before its visitor"), ("SeenAt", "When their page took it"), ("MailedWith", "The answer with which it went by e-mail, because they had left"), ("LeavesAt", "When it was to leave")) with
        {
            Opened = new Dictionary<string, Func<IReadOnlyDictionary<string, object?>, CancellationToken, Task<string?>>>(StringComparer.Ordinal) { ["Sealed"] = Open },
        },
        TakenTable.Of<ChatSession>("visitors", "Visitors of your website who chatted.", ("Id", "Its id; also the conversation's contact while nobody knew them"), ("Website", "On which website"), ("ConversationId", "The conversation, as in conversations.csv"), ("BegunIn", "The conversation in which it began, before it was known with whom"), ("AnswerPointId", "The address that they gave, as in contacts/addresses.csv"), ("BegunAt", "Since when"), ("HereAt", "When something was heard of them last"), ("LeftAt", "When they left")) with { Without = [("TokenHash", "whoever had it could be taken for the visitor")] },
        TakenTable.Of<MessageFile>("files", "Files that came or went with messages; the files themselves stand in the folder files under their ids.", ("Id", "Its id, with which its file’s name begins"), ("MessageId", "The message, as in messages.csv"), ("SubjectId", "The contact under whose key it was kept"), ("Place", "Which of the names in the message is its own, from zero"), ("Size", "Its size"), ("Refused", "Why it was not kept")) with { Without = [("StoredAs", "a name on our disk; the file itself is here")] },
        TakenTable.Of<Rating>("ratings", "Who was asked how it was, and what they said.", ("Id", "Its id"), ("ConversationId", "The conversation, as in conversations.csv"), ("SubjectId", "The contact under whose key it was kept"), ("AskedAt", "When they were asked"), ("Score", "From one to five"), ("Sealed", "What they wrote, as JSON; empty if its key was destroyed"), ("AnsweredAt", "When they answered")) with
        {
            Without = [("TokenHash", "whoever had it could answer for them")],
            Opened = new Dictionary<string, Func<IReadOnlyDictionary<string, object?>, CancellationToken, Task<string?>>>(StringComparer.Ordinal) { ["Sealed"] = Open },
        },
        TakenTable.Of<InboxSetting>("inbox", "How the inbox works by itself.", ("Id", "Its id"), ("Give", "Who gets a conversation that nobody has"), ("People", "Among whom, as in account/people.csv"), ("LastGiven", "Who got one last"), ("Hours", "Opening hours, Sunday first, as JSON"), ("Away", "What people read while it is closed"), ("AnswerWithin", "Within how many minutes somebody is answered"), ("Ask", "Whether people are asked how it was")),
        TakenTable.Of<ConversationMerge>("merges", "Conversations with one contact that became one.", ("Id", "Its id"), ("ConversationId", "The one that stayed, as in conversations.csv"), ("OtherId", "The one whose messages came along"), ("Messages", "Those messages, as in messages.csv"), ("At", "When"), ("UndoneAt", "When it was taken back")),
        TakenTable.Of<Mention>("mentions", "Who was called by name in a note.", ("Id", "Its id"), ("MessageId", "The note, as in messages.csv"), ("ConversationId", "The conversation, as in conversations.csv"), ("UserId", "Who was called, as in account/people.csv"), ("At", "When")),
        TakenTable.Of<InboxView>("inbox-views", "Views of the inbox that you made.", ("Id", "Its id"), ("Name", "Its name"), ("OwnerId", "Whose it is alone, as in account/people.csv"), ("State", "open, snoozed or closed"), ("Assignee", "Who looks after what it shows"), ("Channel", "By which channel they wrote last"), ("Unread", "Only what nobody has read"), ("Starred", "Only with a star"), ("Overdue", "Only what is overdue"), ("KeptAt", "When it was changed last"), ("DeletedAt", "When it was deleted")) with { Without = [("Normal", "its name again, for searching")] },
        TakenTable.Of<Snippet>("snippets", "Texts that you keep ready, and what is done along with them.", ("Id", "Its id"), ("Name", "Its name"), ("Text", "What it says"), ("Subject", "Under which an e-mail with it goes"), ("Tags", "The tags that the contact gets, as JSON"), ("Assign", "Who gets the conversation"), ("Then", "What becomes of the conversation"), ("KeptAt", "When it was changed last"), ("DeletedAt", "When it was deleted")) with { Without = [("Normal", "its name again, for searching")] },
        TakenTable.Of<SnippetFile>("snippet-files", "Files that go along with snippets; the files themselves stand in the folder snippet-files under their ids.", ("Id", "Its id, with which its file’s name begins"), ("SnippetId", "The snippet, as in snippets.csv"), ("Name", "Its name"), ("Size", "Its size")) with { Without = [("StoredAs", "a name on our disk; the file itself is here")] },
        TakenTable.Of<ChatSetting>("chat", "How the web chat is set up.", ("Key", "Its address"), ("On", "Whether it is on"), ("Greeting", "What it greets with"), ("Websites", "On which websites it may stand")),
    ];

    public async IAsyncEnumerable<TakenBytes> Bytes([EnumeratorCancellation] CancellationToken ct)
    {
        var all = await db.MessageFiles.AsNoTracking().Where(f => f.StoredAs != null).OrderBy(f => f.Id).Select(f => new { f.Id, f.MessageId }).ToListAsync(ct);
        foreach (var file in all)
        {
            var conversation = await db.Messages.Where(m => m.Id == file.MessageId).Select(m => m.ConversationId).SingleAsync(ct);
            if (await files.Open(conversation, file.Id, ct) is { } found)
                yield return new TakenBytes($"files/{file.Id}-{found.Name}", "A file that came or went with a message.", () => new MemoryStream(found.Bytes, writable: false));
        }

        foreach (var file in await db.SnippetFiles.AsNoTracking().OrderBy(f => f.Id).ToListAsync(ct))
        {
            var bytes = await kept.Read(file, ct);
            yield return new TakenBytes($"snippet-files/{file.Id}-{file.Name}", "A file that goes along with a snippet.", () => new MemoryStream(bytes, writable: false));
        }
    }

    private async Task<string?> Open(IReadOnlyDictionary<string, object?> row, CancellationToken ct)
    {
        var id = (Guid)row["Id"]!;
        if (row["Sealed"] is not byte[])
            return null;
        return (await texts.Open([new SealedText((Guid)row["SubjectId"]!, id, (byte[])row["Sealed"]!)], ct)).GetValueOrDefault(id);
    }
}
