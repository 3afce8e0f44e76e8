using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes another sheet of an uploaded workbook, as long as nothing of it was imported; its columns are looked at anew.</summary>
public sealed record ChooseSheet
{
    public Guid Id { get; set; }

    [Required(ErrorMessage = "Choose a sheet."), StringLength(200, ErrorMessage = "There is no such sheet in this workbook.")]
    public string Sheet { get; set; } = "";
}

public sealed class ChooseSheetHandler(PluraDb db, StoredUploads uploads, KeptMappings mappings, FieldBook fields, AddressReader addresses, IAudit audit)
{
    public async Task<Result> Handle(ChooseSheet command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var import = await db.Imports.SingleOrDefaultAsync(i => i.Id == command.Id, ct);
        if (OpenImports.Closed(import) is { } closed)
            return closed;
        if (!uploads.Exists(StoredUploads.WorkbookOf(import!.StoredAs)))
            return Refusal.Conflict("import.gone", "The uploaded workbook is no longer kept. Upload it again.", import.Id);
        try
        {
            var shape = uploads.Sheet(import.StoredAs, command.Sheet);
            var known = await fields.All(ct);
            var guessed = ColumnGuess.For(shape, known, await addresses.Region(ct));
            import.TakeSheet(shape);
            if (await mappings.For(shape, ct) is { } kept)
                import.Choose(KeptMappings.Apply(kept, shape, guessed, known), kept.ReadTags(), kept.Policy);
            else
                import.Choose([.. guessed.Select(t => t.ToString())], import.ReadTags(), import.Policy);
        }
        catch (UnreadableCsvException unreadable)
        {
            return Refusal.Invalid("import.unreadable", unreadable.Message, nameof(command.Sheet));
        }

        audit.Note("contacts.choose_sheet", import.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
