using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Uploads a file for a field of kind <c>file</c>. What is answered as <c>value</c> is then given as that field's value; a file that nothing took within a day is deleted.</summary>
public sealed record KeepFieldFile
{
    /// <summary>The field.</summary>
    public Guid Id { get; set; }

    public string? FileName { get; set; }

    [Required(ErrorMessage = "Choose a file first.")]
    public Stream? File { get; set; }
}

/// <summary>An uploaded file; <paramref name="Value"/> is how it stands in the field.</summary>
public sealed record FieldFileView(Guid Id, string Value, string FileName, string Type, long Bytes, string Sha256)
{
    public static FieldFileView Of(FieldFile file) => new(file.Id, FileValues.Of(file.Id, file.FileName), file.FileName, FileKinds.Type(file.FileName), file.Bytes, file.Sha256);
}

public sealed class KeepFieldFileHandler(PluraDb db, FieldFiles files, IAudit audit)
{
    public async Task<Result<FieldFileView>> Handle(KeepFieldFile command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.CustomFields.AsNoTracking().SingleOrDefaultAsync(f => f.Id == command.Id, ct) is not { } field)
            return KeepFieldHandler.Missing;
        if (!field.IsFile)
            return Refusal.Invalid("field.no_file", $"“{field.Label}” holds no files. Choose a field of the kind “File”.");
        var kept = await files.Keep(field, command.FileName, command.File!, ct);
        if (kept.Refusal is { } refusal)
            return refusal;
        audit.Note("contacts.keep_field_file", field.Id);
        await db.SaveChangesAsync(ct);
        return FieldFileView.Of(kept.Value);
    }
}

public static class KeepFieldFileEndpoint
{
    public static void MapKeepFieldFile(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/fields/{id:guid}/files", (Guid id, HttpContext http, KeepFieldFileHandler handler, StoredFiles store, CancellationToken ct) =>
            SentFiles.Take(http, store, async (bytes, name) =>
            {
                var kept = await handler.Handle(new KeepFieldFile { Id = id, File = bytes, FileName = name }, ct);
                return kept.Refusal is { } refusal ? refusal.Problem() : Results.Json(kept.Value, statusCode: StatusCodes.Status201Created);
            }, ct)).RequirePermission("contacts.edit").WithName("KeepFieldFile").DisableAntiforgery();
}
