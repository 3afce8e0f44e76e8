using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>
/// The one line that a business pastes into its website: the widget (<c>Assets/chat.js</c>) with what differs from business to business in front. It sets
/// nothing on the visitor's device, and calls nobody before the visitor writes.
/// </summary>
public sealed class ChatScript(IWebHostEnvironment environment, IAgencyBrands brands)
{
    private const string File = "lib/chat.js";
    private const string Accent = "#0b6b74";

    public static string LineOf(string home, string key) => $"<script src=\"{home}/chat/{key}.js\" async></script>";

    public async Task<string> Write(OpenChat chat, CancellationToken ct)
    {
        var brand = await brands.OfAgency(chat.Account.AgencyId, ct);
        var accent = brand?.Accent ?? Accent;
        var settings = JsonSerializer.Serialize(
            new
            {
                on = chat.On,
                name = chat.Account.Name,
                greeting = chat.Setting.Greeting,
                accent,
                ink = Ink(accent),
                privacy = await brands.Home(chat.Account.Id, ct) + "/privacy",
            }, JsonSerializerOptions.Web);
        await using var stream = environment.WebRootFileProvider.GetFileInfo(File).CreateReadStream();
        using var reader = new StreamReader(stream);
        // The script is one function that waits for these; the serializer writes no character that could end them early.
        return $"globalThis.pluraChat={settings};{await reader.ReadToEndAsync(ct)}";
    }

    public static async Task<byte[]> Pack(string script, CancellationToken ct)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(script), ct);
        return packed.ToArray();
    }

    /// <summary>Black or white, whichever reads better on the colour.</summary>
    private static string Ink(string accent)
    {
        if (accent.Length != 7 || !int.TryParse(accent.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var colour))
            return "#ffffff";
        var light = (0.2126 * Linear(colour >> 16)) + (0.7152 * Linear(colour >> 8)) + (0.0722 * Linear(colour));
        return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? "#000000" : "#ffffff";
    }

    private static double Linear(int part)
    {
        var share = (part & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}

public static class ChatScriptEndpoint
{
    private const string Javascript = "text/javascript; charset=utf-8";

    public static void MapChatScript(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/chat/{key}.js", async (string key, HttpContext http, ChatEntrance entrance, ChatScript script, CancellationToken ct) =>
        {
            if (await entrance.Enter(key, ct) is not { } chat)
                return Results.NotFound();
            http.Response.Headers.CacheControl = "public, max-age=300";
            http.Response.Headers.Vary = "Accept-Encoding";
            http.Response.Headers.Append("Cross-Origin-Resource-Policy", "cross-origin");
            var text = await script.Write(chat, ct);
            if (!http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
                return Results.Text(text, Javascript);
            http.Response.Headers.ContentEncoding = "gzip";
            return Results.Bytes(await ChatScript.Pack(text, ct), Javascript);
        }).WithName("ChatScript").Public("The account's website loads it, before anybody is known.");
}
