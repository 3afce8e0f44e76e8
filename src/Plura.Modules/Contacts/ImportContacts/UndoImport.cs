using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>
/// Takes an import back, in the background: overwritten values return, contacts it made go unless somebody worked with them since,
/// and the permission it recorded is retracted.
/// </summary>
public sealed record UndoImport(Guid Id);

public sealed class UndoImportHandler(PluraDb db, Actor actor, IAudit audit)
{
    public async Task<Result> Handle(UndoImport command, CancellationToken ct)
    {
        var import = await db.Imports.SingleOrDefaultAsync(i => i.Id == command.Id, ct);
        if (import is null)
            return Refusal.NotFound("import.unknown", "There is no such import.");
        if (import.State == Import.Undone)
            return Refusal.Conflict("import.undone", "This import was undone already.", import.Id);
        if (import.State is Import.Running or Import.Undoing)
            return Refusal.Conflict("import.running", "This import is at work. Wait until it has finished.", import.Id);
        if (import.State != Import.Done || import.DryRun)
            return Refusal.Conflict("import.nothing", "This import has written nothing, so there is nothing to undo.", import.Id);
        import.StartUndo(actor);
        await db.EnqueueAgain(new UndoImportJob(import.Id), ct);
        audit.Note("contacts.undo_import", import.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public sealed record UndoImportJob(Guid ImportId) : IJob;

[Work("Taking back an import", Page = "contacts/import/{ImportId}")]
public sealed partial class UndoImportJobHandler(
    PluraDb db, UndoRun run, ImportFailure failure, Actor actor, ImportProgress progress, ILogger<UndoImportJobHandler> log) : IJobHandler<UndoImportJob>, IKnowsItsEnd<UndoImportJob>
{
    public async Task Run(UndoImportJob job, CancellationToken ct)
    {
        if (await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == job.ImportId, ct) is not { State: Import.Undoing } import)
            return;
        import.UndoAs(actor);
        try
        {
            await run.Run(job.ImportId, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException && error is not NpgsqlException { IsTransient: true })
        {
            Failed(log, error, job.ImportId);
            await failure.Tell(job.ImportId, "The import could not be undone, because something went wrong on our side. Nothing was changed: try it again.", ct);
        }
    }

    public async Task GaveUp(UndoImportJob job, string why, CancellationToken ct)
    {
        if (await db.Imports.SingleOrDefaultAsync(i => i.Id == job.ImportId, ct) is not { State: Import.Undoing } import)
            return;
        import.FailUndo($"The import could not be undone. {why} Nothing was changed: try it again.");
        await progress.Ring(import.Id, ct);
    }

    public async Task Again(UndoImportJob job, CancellationToken ct)
    {
        if (await db.Imports.SingleOrDefaultAsync(i => i.Id == job.ImportId, ct) is not { State: Import.Done, Failure: not null } import)
            return;
        import.RestartUndo();
        await progress.Ring(import.Id, ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The undo of import {Import} failed")]
    private static partial void Failed(ILogger logger, Exception error, Guid import);
}

/// <summary>The undo itself, in one transaction.</summary>
public sealed class UndoRun(PluraDb db, IConsentLedger consents, IEnumerable<IContactTies> ties, ImportProgress progress, LiveContacts live, IAudit audit, TimeProvider clock)
{
    public async Task Run(Guid importId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Quietly.Change(db, ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({ImportRun.LockClass}, hashtext({db.Tenant.Id.ToString()}))", ct);
        var import = await db.Imports.SingleAsync(i => i.Id == importId, ct);
        if (import.State != Import.Undoing)
            return;

        var now = clock.GetUtcNow();
        async Task<NpgsqlCommand> Step(string sql, int percent)
        {
            await progress.Say(importId, "Taking the import back", percent, 0, ct);
            var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            command.Parameters.AddWithValue("t", db.Tenant.Id);
            command.Parameters.AddWithValue("import", importId);
            command.Parameters.AddWithValue("first", import.FirstId!);
            command.Parameters.AddWithValue("last", import.LastId!);
            command.Parameters.AddWithValue("stamp", import.FinishedAt!);
            command.Parameters.AddWithValue("now", now);
            return command;
        }

        async Task<int> Do(string sql, int percent)
        {
            await using var command = await Step(sql, percent);
            return await command.ExecuteNonQueryAsync(ct);
        }

        async Task<int> Count(string sql)
        {
            await using var command = await Step(sql, 90);
            return (int)(long)(await command.ExecuteScalarAsync(ct))!;
        }

        foreach (var attestation in (Guid?[])[import.EmailAttestationId, import.SmsAttestationId])
        {
            if (attestation is { } id)
                await consents.Retract(connection, id, "The import was undone.", ct);
        }

        // Before anything is put back, because that moves the contacts' own times.
        var restored = await Count(UndoSql.Untouched);
        var changedSince = await Count(UndoSql.Touched);
        await Do(UndoSql.Points, 15);
        await Do(UndoSql.Tags, 25);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({FieldRules.LockClass}, hashtext({db.Tenant.Id.ToString()}))", ct);
        await Do(UndoSql.Values, 35);
        await Do(UndoSql.Companies, 40);
        await Do(UndoSql.Uniques, 45);
        await Refresh(await Step(UndoSql.Stale, 50), now, ct);
        await Do(UndoSql.Ties, 55);
        foreach (var tie in ties)
            await tie.Tie(connection, db.Tenant.Id, import.FirstId!.Value, import.LastId!.Value, ct);
        var removed = await Do(UndoSql.Contacts, 60);
        var kept = await Count(UndoSql.Kept);
        await Do(UndoSql.Leftovers, 95);

        audit.Note("contacts.import_undone", import.Id);
        import.FinishUndo(new UndoCounts(removed, kept, restored), changedSince, now);
        await live.Changed(ct);
        await db.SaveChangesAsync(ct);
        await progress.Ring(importId, ct);
        await db.CommitLargeWrite(transaction, ct);
    }

    /// <summary>Contacts that somebody changed since the import: their sorting and search follow from what they have now.</summary>
    private async Task Refresh(NpgsqlCommand stale, DateTimeOffset now, CancellationToken ct)
    {
        var ids = new List<Guid>();
        await using (stale)
        await using (var rows = await stale.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
                ids.Add(rows.GetGuid(0));
        }

        foreach (var some in ids.Chunk(500))
        {
            var points = (await db.ContactPoints.Where(p => some.Contains(p.ContactId)).OrderBy(p => p.Position).ToListAsync(ct)).ToLookup(p => p.ContactId);
            foreach (var contact in await db.Contacts.Where(c => some.Contains(c.Id)).ToListAsync(ct))
            {
                foreach (var kind in points[contact.Id].GroupBy(p => p.Kind).Where(k => !k.Any(p => p.IsPrimary)))
                    kind.First().Become(primary: true, kind.First().Position);
                contact.Changed(Normals(points[contact.Id], ContactPoint.Email), Normals(points[contact.Id], ContactPoint.Phone), now);
            }
        }
    }

    private static List<string> Normals(IEnumerable<ContactPoint> points, string kind) =>
        points.Where(p => p.Kind == kind).OrderByDescending(p => p.IsPrimary).ThenBy(p => p.Position).Select(p => p.Normal).ToList();
}
