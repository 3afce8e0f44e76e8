using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Forgets a deleted note, task, file or smart list for good, unless it came back; also a file that stood in a field, and the files of a field that is gone.</summary>
public sealed record ForgetRemoved(Guid Id) : IJob
{
    public static readonly TimeSpan After = TimeSpan.FromDays(30);
}

[Work("Forgetting what was deleted a month ago")]
public sealed class ForgetRemovedJobHandler(PluraDb db, StoredFiles store, FieldFiles fieldFiles, TimeProvider clock) : IJobHandler<ForgetRemoved>
{
    public async Task Run(ForgetRemoved job, CancellationToken ct)
    {
        // Deleted, brought back and deleted again: the later job does it.
        var until = clock.GetUtcNow() - ForgetRemoved.After + TimeSpan.FromMinutes(1);
        await fieldFiles.Forget(job.Id, until, ct);
        var note = await db.Notes.SingleOrDefaultAsync(n => n.Id == job.Id && n.RemovedAt != null && n.RemovedAt <= until, ct);
        var files = await db.Attachments.Where(a => (note != null && a.NoteId == job.Id) || (a.Id == job.Id && a.RemovedAt != null && a.RemovedAt <= until)).ToListAsync(ct);
        // First the bytes: a job that is broken off here finds the rows again.
        foreach (var file in files)
            store.Remove(file.StoredAs);
        db.Attachments.RemoveRange(files);
        if (note is not null)
            db.Notes.Remove(note);
        if (await db.Tasks.SingleOrDefaultAsync(t => t.Id == job.Id && t.RemovedAt != null && t.RemovedAt <= until, ct) is { } task)
            db.Tasks.Remove(task);
        db.SmartLists.RemoveRange(await db.SmartLists.Where(s => s.Id == job.Id && s.RemovedAt != null && s.RemovedAt <= until).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
    }
}
