using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Removes an upload, its error rows, its preview and its reasons thirty days later: they are copies of personal data that nobody needs any more.</summary>
public sealed record RemoveImportFiles(Guid ImportId) : IJob;

[Work("Removing an uploaded list after 30 days", Page = "contacts/import/{ImportId}")]
public sealed class RemoveImportFilesJobHandler(PluraDb db, StoredUploads uploads, TimeProvider clock) : IJobHandler<RemoveImportFiles>
{
    public async Task Run(RemoveImportFiles job, CancellationToken ct)
    {
        if (await db.Imports.SingleOrDefaultAsync(i => i.Id == job.ImportId, ct) is not { FilesRemovedAt: null } import)
            return;
        foreach (var name in StoredUploads.All(import.StoredAs))
            uploads.Remove(name);
        import.FilesRemoved(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>The old values of a contact that is deleted are not kept for an undo.</summary>
[Work("Forgetting the old values of a deleted contact")]
public sealed class WhenContactDeleted(PluraDb db) : ISubscriber<ContactDeleted>
{
    public Task When(ContactDeleted news, CancellationToken ct) =>
        db.ImportChanges.Where(c => c.ContactId == news.ContactId).ExecuteDeleteAsync(ct);
}
