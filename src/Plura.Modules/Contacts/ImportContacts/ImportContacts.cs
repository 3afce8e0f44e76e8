using System.ComponentModel.DataAnnotations;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>
/// Takes in a list of contacts from a CSV file or from a sheet of an Excel workbook. Without choices it becomes a draft whose columns were guessed; with them it starts in the
/// background. Refused, with a sentence and where it helps a line, when the file is no table of people.
/// </summary>
public sealed record ImportContacts : ImportChoices
{
    [Required(ErrorMessage = "Choose the file that you want to import.")]
    public Stream? File { get; set; }

    [StringLength(255, ErrorMessage = "The file's name is too long.")]
    public string FileName { get; set; } = "contacts.csv";

    /// <summary>Of a workbook, the sheet; null for the first that has rows.</summary>
    public string? Sheet { get; set; }

    /// <summary>By the column's name in the file; columns that are missing are left out. Null takes what is kept for such a file, and guesses the rest.</summary>
    public Dictionary<string, string>? Columns { get; set; }

    /// <summary>Kept columns to use, by their id or their name, whatever the headings are; with their tags and who wins, where the import says neither.</summary>
    public string? KeptMapping { get; set; }

    /// <summary>The tags are said, be it none.</summary>
    public bool SaysTags { get; set; }

    /// <summary>Who wins is said.</summary>
    public bool SaysPolicy { get; set; }

    /// <summary>Wait for a person to look at the columns before anything is counted.</summary>
    public bool Draft { get; set; }
}

public sealed class ImportContactsHandler(PluraDb db, StoredUploads uploads, KeptMappings mappings, FieldBook fields, AddressReader addresses, Actor actor, IAudit audit, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(ImportContacts command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var stored = await uploads.Store(command.File!, ct);
        if (stored.Refusal is { } tooLarge)
            return tooLarge;
        var result = await Take(command, stored.Value, ct);
        if (!result.Ok)
        {
            foreach (var name in StoredUploads.All(stored.Value.Name))
                uploads.Remove(name);
        }

        return result;
    }

    private async Task<Result<Guid>> Take(ImportContacts command, Upload upload, CancellationToken ct)
    {
        CsvShape shape;
        try
        {
            shape = uploads.Table(upload, command.Sheet);
        }
        catch (UnreadableCsvException unreadable)
        {
            return Refusal.Invalid("import.unreadable", unreadable.Message, nameof(ImportContacts.File));
        }

        var known = await fields.All(ct);
        if (command.KeptMapping is not null)
        {
            if (await Use(command, shape, known, ct) is { } unfit)
                return unfit;
        }
        else if (command.Columns is null)
            await Guess(command, shape, known, ct);
        else if (Name(command, shape) is { } unknown)
            return unknown;

        var now = clock.GetUtcNow();
        if (!command.Draft && command.Check(known, DateOnly.FromDateTime(now.UtcDateTime.AddDays(1))) is { } wrong)
            return wrong;
        var import = Import.New(Guid.CreateVersion7(now), command.FileName, upload.Name, upload.Bytes, shape, actor, now);
        import.Map(command.Mapping, command.Tags, command.Policy, command.Draft ? new Dictionary<string, ChannelAttestation>(StringComparer.Ordinal) : command.Attested());
        db.Imports.Add(import);
        if (!command.Draft)
        {
            import.Start(command.DryRun, actor);
            db.Enqueue(new ImportContactsJob(import.Id));
            audit.Note("contacts.import", import.Id, StartImportHandler.Facts(import));
        }
        else
        {
            audit.Note("contacts.upload_list", import.Id);
        }

        db.Enqueue(new RemoveImportFiles(import.Id), now + StoredUploads.Kept);
        await db.SaveChangesAsync(ct);
        return import.Id;
    }

    /// <summary>A file with the headings of one that somebody kept goes where that one went.</summary>
    private async Task Guess(ImportContacts command, CsvShape shape, IReadOnlyList<CustomField> known, CancellationToken ct)
    {
        var guessed = ColumnGuess.For(shape, known, await addresses.Region(ct));
        command.Mapping = [.. guessed.Select(t => t.ToString())];
        if (await mappings.For(shape, ct) is not { } kept)
            return;
        command.Mapping = KeptMappings.Apply(kept, shape, guessed, known);
        // A program says by itself which tags there are and what wins.
        if (command.Draft)
            (command.Tags, command.Policy) = ([.. kept.ReadTags()], kept.Policy);
    }

    private async Task<Refusal?> Use(ImportContacts command, CsvShape shape, IReadOnlyList<CustomField> known, CancellationToken ct)
    {
        if (command.Columns is not null)
            return Refusal.Invalid("import.mapping_twice", "Say where the columns go, or name kept columns: not both.", nameof(command.KeptMapping));
        if (await mappings.Find(command.KeptMapping!, ct) is not { } kept)
            return Refusal.Invalid("import.kept_mapping", $"No columns are kept as “{command.KeptMapping}”.", nameof(command.KeptMapping));
        if (!shape.Headed)
            return Refusal.Invalid("import.no_headings", "The file has no line with the columns’ names, so kept columns cannot be found in it.", nameof(command.KeptMapping));
        command.Mapping = KeptMappings.Apply(kept, shape, ColumnGuess.For(shape, [.. known.Select(f => (f.Key, f.Label))], await addresses.Region(ct)), known);
        if (!command.SaysTags)
            command.Tags = [.. kept.ReadTags()];
        if (!command.SaysPolicy)
            command.Policy = kept.Policy;
        return null;
    }

    private static Refusal? Name(ImportContacts command, CsvShape shape)
    {
        command.Mapping = [.. shape.Headers.Select(_ => ColumnTarget.Ignore)];
        foreach (var (column, target) in command.Columns!)
        {
            var at = shape.Headers.ToList().FindIndex(h => string.Equals(h, column.Trim(), StringComparison.OrdinalIgnoreCase));
            if (at < 0)
                return Refusal.Invalid("import.column", $"The file has no column “{column}”. It has: {string.Join(", ", shape.Headers.Take(30))}.", nameof(ImportChoices.Mapping));
            command.Mapping[at] = target;
        }

        return null;
    }
}
