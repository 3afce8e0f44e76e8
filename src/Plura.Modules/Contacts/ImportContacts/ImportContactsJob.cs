using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Runs an import, or counts what it would do.</summary>
public sealed record ImportContactsJob(Guid ImportId) : IJob;

[Work("Import of a contact list", Page = "contacts/import/{ImportId}")]
public sealed partial class ImportContactsJobHandler(PluraDb db, ImportRun run, ImportFailure failure, Actor actor, ImportProgress progress, TimeProvider clock, ILogger<ImportContactsJobHandler> log)
    : IJobHandler<ImportContactsJob>, IKnowsItsEnd<ImportContactsJob>
{
    public async Task Run(ImportContactsJob job, CancellationToken ct)
    {
        if (await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == job.ImportId, ct) is not { State: Import.Running } import)
            return;
        import.ActAs(actor);
        try
        {
            await run.Run(job.ImportId, ct);
        }
        catch (UnreadableCsvException unreadable)
        {
            await failure.Tell(job.ImportId, unreadable.Message, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException && error is not NpgsqlException { IsTransient: true })
        {
            // A lost database is tried again by the dispatcher; anything else waits for a person, who sees it and can retry.
            Failed(log, error, job.ImportId);
            await failure.Tell(job.ImportId, "Something went wrong on our side, and nothing was changed. Try it again; if it fails again, tell whoever runs this installation.", ct);
        }
    }

    public async Task GaveUp(ImportContactsJob job, string why, CancellationToken ct)
    {
        if (await db.Imports.SingleOrDefaultAsync(i => i.Id == job.ImportId, ct) is not { State: Import.Running } import)
            return;
        import.Fail(why, clock.GetUtcNow());
        await progress.Ring(import.Id, ct);
    }

    public async Task Again(ImportContactsJob job, CancellationToken ct)
    {
        if (await db.Imports.SingleOrDefaultAsync(i => i.Id == job.ImportId, ct) is not { State: Import.Failed } import)
            return;
        import.Restart();
        await progress.Ring(import.Id, ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {Import} failed")]
    private static partial void Failed(ILogger logger, Exception error, Guid import);
}
