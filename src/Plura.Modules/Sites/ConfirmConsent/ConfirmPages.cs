using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Sites;

/// <summary>The page behind the mailed link. Looking at it changes nothing, so that a mail scanner confirms nobody; the button does.</summary>
public static class ConfirmPages
{
    public static void MapConfirmPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/f/{form}/confirm/{token}", async (string form, string token, FormDoor door, ConfirmConsentHandler handler, CancellationToken ct) =>
        {
            if (await door.Enter(form, ct) is not { } open)
                return Page(null, Refusal.NotFound("confirm.unknown", "This link is not complete. Open it again from the e-mail, or copy the whole of it."), done: false);
            if (open.Closed)
                return Page(open, Closed(open), done: false);
            var found = await handler.Find(token, ct);
            return Page(open, found.Refusal, done: found.Ok && found.Value.ConfirmedAt is not null);
        }).WithName("ShowConfirm").Public("The link was mailed to the person; its signature is the key.");

        // Mail programs open links without our cookies: the signed token is what authorises the press.
        routes.MapPost("/f/{form}/confirm/{token}", async (string form, string token, HttpContext http, FormDoor door, ConfirmConsentHandler handler, CancellationToken ct) =>
        {
            if (await door.Enter(form, ct) is not { } open)
                return Page(null, Refusal.NotFound("confirm.unknown", "This link is not complete. Open it again from the e-mail, or copy the whole of it."), done: false);
            if (open.Closed)
                return Page(open, Closed(open), done: false);
            var agent = http.Request.Headers.UserAgent.ToString();
            var confirmed = await handler.Handle(new ConfirmConsent { Token = token, IpAddress = http.Connection.RemoteIpAddress?.ToString(), UserAgent = agent.Length > 500 ? agent[..500] : agent }, ct);
            return Page(open, confirmed.Refusal, done: confirmed.Ok);
        }).WithName("ConfirmConsent").Public("The link was mailed to the person; its signature is the key.").DisableAntiforgery();
    }

    private static Refusal Closed(OpenForm open) => Refusal.Conflict("form.closed", $"{open.Business} no longer takes sign-ups. You are on no list.");

    private static IResult Page(OpenForm? open, Refusal? refusal, bool done) =>
        new RazorComponentResult<ConfirmPage>(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Open"] = open, ["Refusal"] = refusal, ["Done"] = done }) { StatusCode = refusal?.Status() ?? StatusCodes.Status200OK, PreventStreamingRendering = true };
}
