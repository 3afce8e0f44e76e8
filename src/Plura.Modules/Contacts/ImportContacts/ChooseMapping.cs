using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Sends an uploaded file's columns where they went in another file, by what was kept of it; or where they are guessed to go.</summary>
public sealed record ChooseMapping
{
    public Guid Id { get; set; }

    /// <summary>What is kept; null to guess.</summary>
    public Guid? Kept { get; set; }
}

public sealed class ChooseMappingHandler(PluraDb db, ReadImport imports, FieldBook fields, AddressReader addresses, IAudit audit)
{
    public async Task<Result> Handle(ChooseMapping command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var import = await db.Imports.SingleOrDefaultAsync(i => i.Id == command.Id, ct);
        if (OpenImports.Closed(import) is { } closed)
            return closed;
        var shape = imports.Shape(import!);
        var known = await fields.All(ct);
        var guessed = ColumnGuess.For(shape, known, await addresses.Region(ct));
        if (command.Kept is { } id)
        {
            if (await db.KeptMappings.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } kept)
                return KeptMappings.Missing;
            import!.Choose(KeptMappings.Apply(kept, shape, guessed, known), kept.ReadTags(), kept.Policy);
        }
        else
        {
            import!.Choose([.. guessed.Select(t => t.ToString())], import.ReadTags(), import.Policy);
        }

        audit.Note("contacts.choose_mapping", import.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
