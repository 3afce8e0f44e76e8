using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Plura.Messaging;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>Of what a gateway posts to us. The path is signed too, and a full stop: a receipt says of which message it is by its address.</summary>
public sealed class GatewaySignature(IOptions<GatewayOptions> options, TimeProvider clock) : PostSignature(options.Value.Secret ?? "", clock)
{
    protected override string Scope(HttpRequest request) => $"{request.PathBase}{request.Path}.";
}

/// <summary>
/// What any gateway can tell us, as signed JSON: a text that came in (<c>{id, from, to, text}</c>), and what became of one that we sent (<c>{status, code, text}</c>,
/// at the address that it was given with the message). A gateway that speaks otherwise is translated by whoever sets it up.
/// </summary>
internal static partial class GatewayWebhooks
{
    private const string Why = "A texting gateway has no account here; its signature is the authority";
    private const int Most = 64 * 1024;

    public static string Status(Guid accountId, Guid sendId) => $"/webhooks/gateway/status/{accountId}/{sendId}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/webhooks/gateway/inbound", Receive).WithName("ReceiveGatewayText").Public(Why).DisableAntiforgery();
        routes.MapPost("/webhooks/gateway/status/{accountId:guid}/{sendId:guid}", Note).WithName("ReceiveGatewayStatus").Public(Why).DisableAntiforgery();
    }

    private static async Task<IResult> Receive(HttpContext context, GatewaySignature signature, ReceiveTextHandler handler, CancellationToken ct)
    {
        var (body, refused) = await Signed<Inbound>(context, signature, ct);
        if (body is null)
            return refused!;
        return (await handler.Handle(new ReceiveText { ProviderId = body.Id ?? "", From = body.From ?? "", To = body.To ?? "", Text = body.Text ?? "" }, ct)).Answer(_ => TypedResults.NoContent());
    }

    private static async Task<IResult> Note(Guid accountId, Guid sendId, HttpContext context, GatewaySignature signature, TakeReceiptHandler handler, CancellationToken ct)
    {
        var (body, refused) = await Signed<Receipt>(context, signature, ct);
        if (body is null)
            return refused!;
        ReceiptOutcome? outcome = body.Status?.ToLowerInvariant() switch
        {
            "taken" or "sent" or "queued" => ReceiptOutcome.Taken,
            "delivered" => ReceiptOutcome.Delivered,
            "dead" or "unreachable" => ReceiptOutcome.Dead,
            "stopped" or "opted_out" => ReceiptOutcome.StopListed,
            "undelivered" or "failed" or "expired" or "rejected" => ReceiptOutcome.Undelivered,
            _ => null,
        };
        if (outcome is not { } end)
            return Refusal.Invalid("receipt.status", "The status is one of taken, delivered, undelivered, dead and stopped.").Problem();
        var words = body.Text is { Length: > 0 } text ? Number().Replace(Outcomes.Foreign(text), "…") : end is ReceiptOutcome.Taken or ReceiptOutcome.Delivered ? "" : "The gateway did not say why.";
        return (await handler.Handle(new TakeReceipt { AccountId = accountId, SendId = sendId, Outcome = end, Code = body.Code, Words = words }, ct)).Answer();
    }

    private static async Task<(T? Body, IResult? Refused)> Signed<T>(HttpContext context, GatewaySignature signature, CancellationToken ct)
        where T : class
    {
        if (!signature.Timely(context.Request))
            return (null, TypedResults.StatusCode(StatusCodes.Status403Forbidden));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = Most;
        try
        {
            using var bytes = new MemoryStream();
            await context.Request.Body.CopyToAsync(bytes, ct);
            if (!signature.Right(context.Request, bytes.GetBuffer().AsSpan(0, (int)bytes.Length)))
                return (null, TypedResults.StatusCode(StatusCodes.Status403Forbidden));
            return JsonSerializer.Deserialize<T>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), JsonSerializerOptions.Web) is { } body
                ? (body, null)
                : (null, Refusal.Invalid("body.json", "The body is a JSON object.").Problem());
        }
        catch (JsonException)
        {
            return (null, Refusal.Invalid("body.json", "The body is not the JSON that is expected here.").Problem());
        }
        catch (BadHttpRequestException error)
        {
            return (null, TypedResults.StatusCode(error.StatusCode));
        }
    }

    /// <summary>A telephone number that the gateway quotes: whose it is stands with the message, and nowhere else.</summary>
    [GeneratedRegex(@"\+?\d([ ().-]?\d){5,}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    private sealed record Inbound(string? Id, string? From, string? To, string? Text);

    private sealed record Receipt(string? Status, int? Code, string? Text);
}
