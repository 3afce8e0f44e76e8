using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Accounts;

/// <summary>The codes just shown, as a file to keep. We have only their hashes, so the page sends them along; nothing else can be had as such a file.</summary>
public static class RecoveryCodeFile
{
    public const string Path = "/me/security/recovery-codes/file";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, async (HttpContext http, IAntiforgery antiforgery, SecondFactor factor, Actor actor, IAgencyBrands brands, CancellationToken ct) =>
    {
        await antiforgery.ValidateRequestAsync(http);
        string[] codes = [.. (await http.Request.ReadFormAsync(ct))["codes"].OfType<string>()];
        if (!await factor.Are(actor.Id!.Value, codes, ct))
            return Results.LocalRedirect("/me/security/authenticator");
        var brand = await brands.OfHost(http.Request.Host.Host, ct);
        var text = $"Recovery codes for {brand?.Name ?? Brand.Own}\nEach opens the second door once, in place of a code from your app.\n\n" + string.Join('\n', codes) + "\n";
        return Results.File(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", brand is null ? "pluraos-recovery-codes.txt" : "recovery-codes.txt");
    }).WithName("RecoveryCodeFile").SignedIn();
}
