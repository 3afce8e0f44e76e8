using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Notes, tasks and attached files in the file with everything; the files themselves too.</summary>
internal sealed class NotesPart(PluraDb db, StoredFiles store) : IAccountPart
{
    private const string Contact = "The contact, as in contacts/contacts.csv";

    public string Folder => "notes";

    public IReadOnlyList<TakenTable> Tables { get; } =
    [
        TakenTable.Of<Note>("notes", "What was written down about contacts.", ("Id", "Its id"), ("ContactId", Contact), ("Text", "What it says"), ("PinnedAt", "Since when it stands above the story"), ("At", "When it was written"), ("By", "By whom"), ("ById", "Their id"), ("EditedAt", "When it was changed last"), ("EditedBy", "By whom"), ("RemovedAt", "When it was deleted; it can come back for 30 days"), ("RemovedBy", "By whom")),
        TakenTable.Of<NoteVersion>("earlier-words", "What notes said before they were changed.", ("Id", "Its id"), ("NoteId", "The note, as in notes.csv"), ("ContactId", Contact), ("Text", "What it said"), ("By", "Who had written it"), ("At", "When"), ("Until", "Until when it stood")),
        TakenTable.Of<PlannedTask>("tasks", "What had to be done, and what was.", ("Id", "Its id"), ("Title", "What"), ("Details", "More about it"), ("ContactId", Contact), ("AssigneeId", "Who does it, as in account/people.csv"), ("DueDay", "The day on which it is due"), ("DueTime", "The time"), ("Zone", "The time zone of day, time and reminder"), ("DueBy", "The moment from which it is late"), ("Repeat", "How often it comes again"), ("FirstDay", "From which day that is counted"), ("Remind", "When to remind of it"), ("RemindAt", "The same as a moment"), ("CreatedAt", "When it was set"), ("CreatedBy", "By whom"), ("CreatedById", "Their id"), ("DoneAt", "When it was done"), ("DoneBy", "By whom"), ("NextId", "The one that followed it"), ("ChangedAt", "When it was changed last"), ("RemovedAt", "When it was deleted; it can come back for 30 days"), ("RemovedBy", "By whom")),
        TakenTable.Of<Attachment>("files", "Attached files; the files themselves stand in the folder files under their ids.", ("Id", "Its id, with which its file's name begins"), ("ContactId", Contact), ("NoteId", "The note, as in notes.csv; empty for one of the contact itself"), ("FileName", "Its name"), ("Bytes", "Its size"), ("Sha256", "Its checksum"), ("At", "When it was attached"), ("By", "By whom"), ("ById", "Their id"), ("RemovedAt", "When it was removed; it can come back for 30 days"), ("RemovedBy", "By whom")) with
        {
            Without = [("StoredAs", "a name on our disk; the file itself is here")],
        },
    ];

    public IAsyncEnumerable<TakenBytes> Bytes(CancellationToken ct) =>
        store.Taken(db.Attachments.AsNoTracking().OrderBy(a => a.Id).Select(a => new KeptFile(a.Id, a.FileName, a.StoredAs)), "A file that was attached to a contact.", ct);
}
