using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

public static class ImportEndpoints
{
    public static IServiceCollection AddImportContacts(this IServiceCollection services) => services
        .AddScoped<StoredUploads>()
        .AddScoped<ReadImport>()
        .AddScoped<KeptMappings>()
        .AddScoped<ImportRun>()
        .AddScoped<UndoRun>()
        .AddScoped<ImportProgress>()
        .AddScoped<ImportFailure>()
        .AddLivePart<ImportNow>("import", "contacts.import", nameof(ImportNow.Id))
        .AddLivePart<ImportDuplicates>(ImportDuplicates.Part, "contacts.merge", nameof(ImportDuplicates.Id), _ => FindDuplicatesJobHandler.Topic)
        .AddScoped<ITimelineSource, ImportTimeline>();

    public static void MapImportContacts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/imports", Start).RequirePermission("contacts.import").WithName("ImportContacts").WithDescription(ImportForm.Words).DisableAntiforgery()
            .WithMetadata(new UploadLimit(services => Largest(services.GetRequiredService<StoredUploads>())));
        routes.MapGet("/api/v1/imports/{id:guid}", async (Guid id, ReadImport imports, CancellationToken ct) =>
            await imports.One(id, ct) is { } import ? Results.Ok(ImportAnswer.Of(import)) : Unknown.Problem())
            .RequirePermission("contacts.read").WithName("GetImport");
        routes.MapGet("/api/v1/imports", async (string? cursor, int? limit, ReadImport imports, CancellationToken ct) =>
        {
            var page = await imports.Page(cursor, Math.Clamp(limit ?? 50, 1, 200), ct);
            return Results.Ok(new Page<ImportAnswer>([.. page.Items.Select(ImportAnswer.Of)], page.Next));
        }).RequirePermission("contacts.read").WithName("ListImports");
        routes.MapGet("/api/v1/imports/{id:guid}/errors", Errors).RequirePermission("contacts.import").WithName("GetImportErrors").ReadsPersonalData("contacts.import_errors");
        routes.MapGet("/a/{account}/contacts/import/{id:guid}/errors.csv", Errors).RequirePermission("contacts.import").WithName("DownloadImportErrors").ReadsPersonalData("contacts.import_errors");
        routes.MapPost("/api/v1/imports/{id:guid}/undo", async (Guid id, UndoImportHandler handler, CancellationToken ct) =>
        {
            var undone = await handler.Handle(new UndoImport(id), ct);
            return undone.Refusal is { } refusal ? refusal.Problem() : Results.Accepted($"/api/v1/imports/{id}", new { id, state = "running" });
        }).RequirePermission("contacts.import").WithName("UndoImport");
    }

    private static Refusal Unknown => OpenImports.Unknown;

    private static async Task<IResult> Start(HttpContext http, StoredUploads uploads, ImportContactsHandler handler, CancellationToken ct)
    {
        var largest = Largest(uploads);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = largest;
        if (!http.Request.HasFormContentType)
            return Refusal.Invalid("import.form", "Send the file as multipart/form-data, in a part called “file”.", "File").Problem();
        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = largest }, ct);
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            return Refusal.Invalid("import.form", $"The form could not be read. A file may have {uploads.Largest / 1024 / 1024:N0} MB at most.", "File").Problem();
        }

        var (command, wrong) = ImportForm.Read(form);
        if (wrong is not null)
            return wrong.Problem();
        await using var file = form.Files.GetFile("file")?.OpenReadStream();
        command!.File = file;
        var started = await handler.Handle(command, ct);
        return started.Refusal is { } refusal
            ? refusal.Problem()
            : Results.Accepted($"/api/v1/imports/{started.Value}", new { id = started.Value, state = Import.Running });
    }

    /// <summary>The file, and room for the parts beside it.</summary>
    private static long Largest(StoredUploads uploads) => uploads.Largest + (1024 * 1024);

    private static async Task<IResult> Errors(Guid id, ReadImport imports, CancellationToken ct)
    {
        if (await imports.One(id, ct) is not { } import)
            return Unknown.Problem();
        return imports.Errors(import) is { } path
            ? Results.File(path, "text/csv; charset=utf-8", "not imported - " + Path.GetFileNameWithoutExtension(import.FileName) + ".csv")
            : Refusal.NotFound("import.errors", "There is no list of rows that did not come in; it is kept for 30 days.").Problem();
    }
}

/// <summary>The parts of the API's form: JSON beside the file.</summary>
internal static class ImportForm
{
    public const string Words =
        "A form (multipart/form-data). file: the list, CSV or Excel. mapping: a JSON object, by the column's name where it goes (email, phone, firstName, lastName, name, company, tags, externalId, dateOfBirth, timeZone, street, postalCode, city, region, country, field:key, new:Label, ignore); "
        + "or keptMapping: the id or the name of kept columns (/api/v1/imports/mappings), which bring their tags and their policy where the form says neither; with neither of them, columns kept for the same headings are used and the rest is guessed. "
        + "attestation: a JSON object, by channel (email, sms) the permission you hold: source, wording, date. tags: a JSON list. policy: fill (what a contact has stays) or overwrite. sheet: of a workbook, which one. dryRun: true to count only.";

    public static (ImportContacts? Command, Refusal? Wrong) Read(IFormCollection form)
    {
        var command = new ImportContacts { FileName = Path.GetFileName(form.Files.GetFile("file")?.FileName ?? "contacts.csv"), DryRun = false };
        try
        {
            if (Part(form, "mapping") is { } mapping)
                command.Columns = JsonSerializer.Deserialize<Dictionary<string, string>>(mapping, JsonSerializerOptions.Web);
            if (Part(form, "attestation") is { } attestation)
                command.Attestation = JsonSerializer.Deserialize<Dictionary<string, AttestedChannel>>(attestation, JsonSerializerOptions.Web) ?? [];
            if (Part(form, "tags") is { } tags)
                (command.Tags, command.SaysTags) = (JsonSerializer.Deserialize<List<string>>(tags, JsonSerializerOptions.Web) ?? [], true);
        }
        catch (JsonException)
        {
            return (null, Refusal.Invalid("import.form", "“mapping” and “attestation” are JSON objects and “tags” is a JSON list of texts; one of them cannot be read.", "Mapping"));
        }

        if (Part(form, "dryRun") is { } dryRun)
        {
            if (!bool.TryParse(dryRun, out var dry))
                return (null, Refusal.Invalid("import.form", "“dryRun” is true or false.", "DryRun"));
            command.DryRun = dry;
        }

        if (Part(form, "policy") is { } policy)
            (command.Policy, command.SaysPolicy) = (policy, true);
        command.KeptMapping = Part(form, "keptMapping");
        command.Sheet = Part(form, "sheet");
        return (command, null);
    }

    private static string? Part(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } text ? text : null;
}

/// <summary>An import as the API shows it. Its undo, while at work, is <c>running</c> too.</summary>
public sealed record ImportAnswer(
    Guid Id, string State, bool DryRun, string FileName, int Percent, string Phase, ImportCounts? Counts, string? ErrorsUrl, string? Problem, UndoCounts? Undo,
    DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt)
{
    public static ImportAnswer Of(Import import)
    {
        var counts = import.ReadCounts();
        return new ImportAnswer(
            import.Id,
            import.State == Import.Undoing ? Import.Running : import.State,
            import.DryRun,
            import.FileName,
            import.Percent,
            import.Phase,
            counts,
            import.State == Import.Done && ReadImport.Problems(counts) > 0 && import.FilesRemovedAt is null ? $"/api/v1/imports/{import.Id}/errors" : null,
            import.Failure,
            import.ReadUndo(),
            import.CreatedAt,
            import.FinishedAt);
    }
}
