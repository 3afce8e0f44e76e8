using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>What the service tells us: a text that came in, and what became of one that we sent. Nothing counts without its signature.</summary>
internal static class TwilioWebhooks
{
    private const string Inbound = "/webhooks/twilio/inbound";
    private const string Why = "A texting service has no account here; its signature is the authority";
    private const long Most = 64 * 1024;

    public static string Status(Guid accountId, Guid sendId) => $"/webhooks/twilio/status/{accountId}/{sendId}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Inbound, Receive).WithName("ReceiveTwilioText").Public(Why).DisableAntiforgery();
        routes.MapPost("/webhooks/twilio/status/{accountId:guid}/{sendId:guid}", Note).WithName("ReceiveTwilioStatus").Public(Why).DisableAntiforgery();
    }

    private static async Task<IResult> Receive(HttpContext context, TwilioSignature signature, ReceiveTextHandler handler, CancellationToken ct)
    {
        if (await Signed(context, signature, ct) is not { } form)
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        var taken = await handler.Handle(new ReceiveText { ProviderId = form["MessageSid"].ToString(), From = form["From"].ToString(), To = form["To"].ToString(), Text = form["Body"].ToString(), Media = Media(form) }, ct);
        // Our answer goes through the ledger; here we say only that we have heard.
        return taken.Answer(_ => TypedResults.Content("<Response/>", "text/xml"));
    }

    /// <summary>Its files, which stay with the service until they are fetched.</summary>
    private static List<TextMedia> Media(IFormCollection form) =>
        [.. Enumerable.Range(0, 10).Select(n => new TextMedia(form[$"MediaUrl{n}"].ToString(), form[$"MediaContentType{n}"].ToString())).TakeWhile(m => m.Url.Length > 0)];

    private static async Task<IResult> Note(Guid accountId, Guid sendId, HttpContext context, TwilioSignature signature, TakeReceiptHandler handler, CancellationToken ct)
    {
        if (await Signed(context, signature, ct) is not { } form)
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        int? code = int.TryParse(form["ErrorCode"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
        if (TwilioErrors.Receipt(form["MessageStatus"].ToString(), code) is not { } end)
            return TypedResults.NoContent();
        var told = new TakeReceipt { AccountId = accountId, SendId = sendId, Outcome = end, Code = code, Words = TwilioErrors.Words(end, code), ProviderId = form["MessageSid"].ToString() is { Length: > 0 } sid ? sid : null };
        return (await handler.Handle(told, ct)).Answer();
    }

    private static async Task<IFormCollection?> Signed(HttpContext context, TwilioSignature signature, CancellationToken ct)
    {
        if (!context.Request.HasFormContentType)
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = Most;
        try
        {
            var form = await context.Request.ReadFormAsync(ct);
            return signature.Right(context.Request, form) ? form : null;
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException or IOException)
        {
            return null;
        }
    }
}
