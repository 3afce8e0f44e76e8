using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes the file part by part from the connection to the disk: nothing of it is held whole.</summary>
public static class AddAttachmentEndpoint
{
    private static Refusal NoForm => Refusal.Invalid("file.form", "Send the file as multipart/form-data, in a part called “file”.", "File");

    public static void MapAddAttachment(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/contacts/{id:guid}/files", (Guid id, Guid? note, HttpContext http, AddAttachmentHandler handler, StoredFiles store, ReadAttachments files, CancellationToken ct) => Take(id, note, http, handler, store, files, ct))
            .RequirePermission("notes.write").WithName("AddAttachment").DisableAntiforgery();
    }

    private static async Task<IResult> Take(Guid contact, Guid? note, HttpContext http, AddAttachmentHandler handler, StoredFiles store, ReadAttachments files, CancellationToken ct)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = store.Largest + (1024 * 1024);
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
            return NoForm.Problem();
        var reader = new MultipartReader(boundary, http.Request.Body);
        try
        {
            while (await Next(reader, ct) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part) || HeaderUtilities.RemoveQuotes(part.Name) != "file")
                    continue;
                var name = HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value;
                var added = await handler.Handle(new AddAttachment { ContactId = contact, NoteId = note, File = section.Body, FileName = name }, ct);
                return added.Refusal is { } refusal ? refusal.Problem() : Results.Created($"/api/v1/files/{added.Value}", await files.One(added.Value, ct));
            }
        }
        catch (BadHttpRequestException)
        {
            // The server stopped reading: there was more than it takes.
            return store.TooLarge.Problem();
        }

        return NoForm.Problem();
    }

    /// <summary>The next part; null at the end, and where what was sent is no form.</summary>
    private static async Task<MultipartSection?> Next(MultipartReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadNextSectionAsync(ct);
        }
        catch (Exception error) when (error is InvalidDataException || (error is IOException and not BadHttpRequestException))
        {
            return null;
        }
    }
}
