using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Plura.Messaging;

/// <summary>Reads the small forms that public links post, in both encodings, and never much of them.</summary>
internal static class LinkForms
{
    private const long Most = 16 * 1024;

    /// <summary>Answers 410 with this very page, which says more than the general one (a 404 would be answered without any).</summary>
    public static void Gone(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status410Gone;
        if (context.Features.Get<IStatusCodePagesFeature>() is { } general)
            general.Enabled = false;
    }

    public static async Task<IFormCollection?> Read(HttpContext context, CancellationToken ct)
    {
        if (!context.Request.HasFormContentType)
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = Most;
        try
        {
            return await context.Request.ReadFormAsync(new FormOptions { ValueCountLimit = 64, KeyLengthLimit = 256, ValueLengthLimit = 1024, MultipartBodyLengthLimit = Most }, ct);
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException or IOException)
        {
            return null;
        }
    }
}

/// <summary>What is kept, as ciphertext, of the request by which a permission changed.</summary>
internal static class LinkProof
{
    public static Dictionary<string, string> Of(string? ip, string? userAgent)
    {
        var proof = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ip is { Length: > 0 })
            proof["ip"] = ip;
        if (userAgent is { Length: > 0 })
            proof["user_agent"] = userAgent.Length > 400 ? userAgent[..400] : userAgent;
        return proof;
    }
}
