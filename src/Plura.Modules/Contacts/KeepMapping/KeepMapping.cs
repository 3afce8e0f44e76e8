using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Keeps where a file's columns go under a name, for the next file with the same headings; or gives what is kept another name.</summary>
public sealed record KeepMapping
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    [Required(ErrorMessage = "Give it a name, for example “Our shop’s export”."), StringLength(100, ErrorMessage = "The name has at most 100 characters.")]
    public string Name { get; set; } = "";

    /// <summary>Null leaves them as they are kept, and with them the tags and who wins.</summary>
    public IReadOnlyList<KeptColumn>? Columns { get; set; }

    /// <summary>Tags for everybody of such a file.</summary>
    public IReadOnlyList<string> Tags { get; set => field = value ?? []; } = [];

    /// <summary><c>fill</c> or <c>overwrite</c>.</summary>
    [AllowedValues(Import.Fill, Import.Overwrite, ErrorMessage = "Choose whether the file or what you already have wins.")]
    public string Policy { get; set; } = Import.Fill;
}

public sealed class KeepMappingHandler(PluraDb db, IAudit audit, TimeProvider clock)
{
    private const int Most = 100;

    public async Task<Result<Guid>> Handle(KeepMapping command, CancellationToken ct)
    {
        if ((command.Invalid() ?? ContactInput.Check(command.Name) ?? Check(command)) is { } invalid)
            return invalid;
        var normal = KeptMapping.NameOf(command.Name);
        if (await db.KeptMappings.AnyAsync(m => m.Normal == normal && m.Id != command.Id, ct))
            return Refusal.Conflict("mapping.exists", "You keep another file’s columns under this name. Choose another one.") with
            {
                Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { [nameof(command.Name)] = ["You keep another file’s columns under this name. Choose another one."] },
            };
        var now = clock.GetUtcNow();
        KeptMapping? kept;
        if (command.Id is { } id)
        {
            kept = await db.KeptMappings.SingleOrDefaultAsync(m => m.Id == id, ct);
            if (kept is null)
                return KeptMappings.Missing;
            kept.Rename(command.Name);
        }
        else
        {
            if (await db.KeptMappings.CountAsync(ct) >= Most)
                return Refusal.Limit("mapping.limit", $"At most {Most} files’ columns can be kept. Delete some that nobody uses.");
            kept = KeptMapping.New(command.Name, now);
            db.KeptMappings.Add(kept);
        }

        if (command.Columns is { } columns)
            kept.Keep(columns, command.Tags, command.Policy, now);
        audit.Note("contacts.keep_mapping", kept.Id);
        await db.SaveChangesAsync(ct);
        return kept.Id;
    }

    private static Refusal? Check(KeepMapping command)
    {
        if (command.Columns is not { } columns)
            return command.Id is null ? Refusal.Invalid("mapping.columns", "Say where the columns go.", nameof(command.Columns)) : null;
        if (columns.Count is 0 or > CsvRecords.MostCells || columns.Any(c => c is not { Heading.Length: > 0 and <= 120, Target: { } target } || ColumnTarget.Parse(target) is null))
            return Refusal.Invalid("mapping.columns", "Each column has a name and a place where it goes.", nameof(command.Columns));
        return TagBook.Check([.. command.Tags]);
    }
}
