using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>The door for whoever takes mail for us: a mail server's pipe, or a service that posts each mail as it came.</summary>
internal static class InboundWebhook
{
    public const string Path = "/webhooks/email/inbound";

    /// <summary>So many are read at once: each may be 30 MB, and is read before anybody knows who sent it.</summary>
    private const int AtOnce = 4;

    private static readonly SemaphoreSlim Reading = new(AtOnce, AtOnce);

    public static bool IsSet(IConfiguration configuration) => configuration[$"{InboundOptions.Section}:Secret"] is { Length: > 0 };

    public static void Add(IServiceCollection services)
    {
        services.AddOptions<InboundOptions>().BindConfiguration(InboundOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<InboundSignature>();
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, Receive).WithName("ReceiveInboundEmail").Public("A mail server has no account here; its signature is the authority").DisableAntiforgery();

    private static async Task<IResult> Receive(HttpContext context, InboundSignature signature, ReceiveMailHandler handler, CancellationToken ct)
    {
        if (!signature.Timely(context.Request))
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        if (context.Request.ContentLength > ReceiveMail.Largest)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = ReceiveMail.Largest;
        await Reading.WaitAsync(ct);
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, ct);
            if (!signature.Right(context.Request, body.GetBuffer().AsSpan(0, (int)body.Length)))
                return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
            var taken = await handler.Handle(new ReceiveMail { Source = body.ToArray() }, ct);
            // What was not understood is kept here: whoever brought it is done either way.
            return taken.Refusal is not { } refusal ? TypedResults.Ok(new Taken("taken", null))
                : body.Length == 0 ? refusal.Problem()
                : TypedResults.Ok(new Taken("kept", refusal.Code));
        }
        catch (BadHttpRequestException error)
        {
            return TypedResults.StatusCode(error.StatusCode);
        }
        finally
        {
            Reading.Release();
        }
    }

    /// <param name="State"><c>taken</c>, or <c>kept</c> for whoever runs the installation because it was not understood.</param>
    /// <param name="Reason">Why it was not understood.</param>
    private sealed record Taken(string State, string? Reason);
}
