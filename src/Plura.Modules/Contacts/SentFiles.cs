using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes the file of a request part by part from the connection to the disk: nothing of it is held whole.</summary>
public static class SentFiles
{
    private static Refusal NoForm => Refusal.Invalid("file.form", "Send the file as multipart/form-data, in a part called “file”.", "File");

    /// <param name="http">The request.</param>
    /// <param name="store">Says how large a file may be.</param>
    /// <param name="keep">Gets the bytes and the name, and answers.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<IResult> Take(HttpContext http, StoredFiles store, Func<Stream, string?, Task<IResult>> keep, CancellationToken ct)
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
                return await keep(section.Body, HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value);
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
