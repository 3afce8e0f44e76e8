using Microsoft.AspNetCore.Http;

namespace Plura.Platform;

/// <summary>Gives out what somebody sent: always as a download, never shown.</summary>
public static class FileAnswers
{
    /// <summary>Whatever a file claims to be, nothing in it may run: not here, and not in a frame.</summary>
    private const string Policy = "default-src 'none'; sandbox; frame-ancestors 'none'";

    public static IResult Download(HttpContext http, Stream bytes, string fileName)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.Stream(bytes, FileKinds.Type(fileName), fileName);
    }
}
