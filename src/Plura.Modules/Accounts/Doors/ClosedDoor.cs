using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The door of an account that was closed: for a time its people look and take out, nothing changes; then nobody comes in.</summary>
public static class ClosedDoor
{
    /// <summary>Among a request's items: the sentence for whoever was refused because the account is closed.</summary>
    public const string Sentence = "plura.closed";

    /// <param name="http">The request.</param>
    /// <param name="readableUntil">Null for an account that is open.</param>
    /// <returns>Null where the request may go on.</returns>
    public static IResult? Refuse(HttpContext http, DateTimeOffset? readableUntil)
    {
        if (readableUntil is not { } until)
            return null;
        if (http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() >= until)
            return Results.NotFound();
        http.Items[Sentence] = $"This account is closed. Until {Day(until)} its people can look at everything, and its owners can take it out as a file or open it again; until then nothing in it changes.";
        var looks = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        return looks || http.GetEndpoint()?.Metadata.GetMetadata<StaysWhenClosedAttribute>() is not null ? null : Say(http);
    }

    /// <summary>The refusal, where this request is about a closed account; else null.</summary>
    public static IResult? Say(HttpContext http)
    {
        if (http.Items[Sentence] is not string sentence)
            return null;
        return http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : Refusal.Forbidden("account.closed", sentence).Problem();
    }

    /// <summary>A day as letters and refusals write it: <c>1 December 2026</c>.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
