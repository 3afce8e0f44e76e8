using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Whoever follows a contact learns of a new note, except whoever wrote it. The words name nobody: a follower may not see the contact any more.</summary>
[Work("Telling those who follow a contact of a new note")]
public sealed class WhenNoteAdded(PluraDb db, INotices notices) : ISubscriber<NoteAdded>
{
    public const string Followed = "followed_note";

    public async Task When(NoteAdded news, CancellationToken ct)
    {
        if (await db.Notes.AsNoTracking().SingleOrDefaultAsync(n => n.Id == news.NoteId, ct) is not { } note)
            return;
        foreach (var follower in await db.ContactFollowers.AsNoTracking().Where(f => f.ContactId == note.ContactId && f.UserId != note.ById).Select(f => f.UserId).ToListAsync(ct))
            notices.PostTo(follower, Followed, "There is a new note on a contact that you follow.", $"contacts/{note.ContactId}", "A note on a contact you follow");
        await db.SaveChangesAsync(ct);
    }
}
