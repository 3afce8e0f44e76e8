using Microsoft.AspNetCore.Http;
using Npgsql;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Writes many contacts to a file. The lines stand with the contacts of their batch, so that a file that was broken off goes on where it was; to take it back deletes the lines.</summary>
public sealed class BulkExport(ReadContact contacts, FieldBook fieldBook) : IBulkKind
{
    public string Kind => BulkAction.Export;

    public string Permission => "contacts.export";

    public int Batch => 1000;

    public string Words(BulkValue value) => "Export to a file";

    public async Task<IReadOnlyList<BulkChanged>> Do(BulkAction action, Guid[] ids, CancellationToken ct)
    {
        var lines = await ContactLines.With(fieldBook, action.ReadValue().Columns, ct);
        return [.. (await contacts.Many(ids, ct)).Select(c => new BulkChanged(c.Id, lines.Of(c)))];
    }

    public Task<IReadOnlyList<Guid>> Undo(BulkAction action, IReadOnlyList<BulkChanged> changed, CancellationToken ct) => Task.FromResult<IReadOnlyList<Guid>>([.. changed.Select(c => c.ContactId)]);
}

/// <summary>The file of a finished export.</summary>
public sealed class ExportedFile(PluraDb db, ReadBulkActions actions, FieldBook fieldBook)
{
    public static readonly Refusal Missing = Refusal.NotFound("export.gone", "This file is not here: it is still being written, was deleted, or its days are over.");

    public async Task<IResult> Send(Guid id, CancellationToken ct)
    {
        if (await actions.Mine(id, ct) is not { Kind: BulkAction.Export, State: BulkAction.Done } action)
            return Missing.Problem();
        var header = (await ContactLines.With(fieldBook, action.ReadValue().Columns, ct)).Header;
        return Results.Stream(output => Write(action, header, output, ct), "text/csv; charset=utf-8", $"contacts-{action.CreatedAt:yyyy-MM-dd}.csv");
    }

    private async Task Write(BulkAction action, string header, Stream output, CancellationToken ct)
    {
        await using var text = Csv.Writer(output);
        await text.WriteLineAsync(header);
        await using var command = await ListContactsHandler.Command(db, ct);
        command.CommandTimeout = 0;
        command.CommandText = "select unnest(before) from contacts.bulk_batch where tenant_id = @tenant and bulk_action_id = @action order by number";
        command.Parameters.Add(new NpgsqlParameter("tenant", db.Tenant.Id));
        command.Parameters.Add(new NpgsqlParameter("action", action.Id));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            await text.WriteLineAsync(reader.GetString(0));
    }
}
