using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Counts what an uploaded list would do, or imports it. May be said again after a dry run or a failure; an import that ran does not run twice.</summary>
public sealed record StartImport : ImportChoices
{
    public Guid Id { get; set; }

    /// <summary>Start with the choices of the dry run before.</summary>
    public bool AsChosen { get; set; }
}

public sealed class StartImportHandler(PluraDb db, StoredUploads uploads, FieldBook fields, Actor actor, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(StartImport command, CancellationToken ct)
    {
        if (!command.AsChosen && command.Invalid() is { } invalid)
            return invalid;
        var import = await db.Imports.SingleOrDefaultAsync(i => i.Id == command.Id, ct);
        if (OpenImports.Closed(import) is { } closed)
            return closed;
        if (!uploads.Exists(import!.StoredAs))
            return Refusal.Conflict("import.gone", "The uploaded file is no longer kept. Upload it again.", import.Id);
        if (!command.AsChosen)
        {
            if ((Fit(command, import) ?? command.Check(await fields.All(ct), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddDays(1)))) is { } wrong)
                return wrong;
            import.Map(command.Mapping, command.Tags, command.Policy, command.Attested());
        }

        import.Start(command.DryRun, actor);
        await db.EnqueueAgain(new ImportContactsJob(import.Id), ct);
        if (!command.DryRun)
            audit.Note("contacts.import", import.Id, Facts(import));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }

    internal static Dictionary<string, string> Facts(Import import) => new(StringComparer.Ordinal)
    {
        ["rows"] = import.Rows.ToString(CultureInfo.InvariantCulture),
        ["dryRun"] = import.DryRun ? "true" : "false",
        ["policy"] = import.Policy,
        ["attested"] = string.Join(',', import.ReadAttestation().Keys.Order(StringComparer.Ordinal)),
    };

    private static Refusal? Fit(StartImport command, Import import)
    {
        var columns = import.ReadShape().Headers.Count;
        while (command.Mapping.Count < columns)
            command.Mapping.Add(ColumnTarget.Ignore);
        return command.Mapping.Count > columns ? Refusal.Invalid("import.columns", $"The file has {columns} columns.", nameof(command.Mapping)) : null;
    }
}
