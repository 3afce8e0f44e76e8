using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>
/// Hands one message over by HTTP and knows whether it may have been taken. Each goes over a connection of its own, because a client that finds its kept
/// connection closed sends the request again by itself, and the first may have been heard.
/// </summary>
public static class OneShotHttp
{
    /// <summary>More of an answer is not read.</summary>
    private const int MostOfAnswer = 64 * 1024;

    public static void AddOneShotClient(this IServiceCollection services, string name) =>
        services.AddOneShotClient(name, () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero });

    public static void AddOneShotClient(this IServiceCollection services, string name, Func<SocketsHttpHandler> handler) => services.AddHttpClient(name)
        .ConfigureHttpClient(client => (client.Timeout, client.MaxResponseContentBufferSize) = (Timeout.InfiniteTimeSpan, MostOfAnswer))
        .ConfigurePrimaryHttpMessageHandler(handler);

    /// <summary>The answer, or how the hand-over ended without one.</summary>
    public static async Task<(HttpStatusCode Status, string Body, HandOff? Lost)> Send(IHttpClientFactory clients, string name, HttpRequestMessage request, TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        var (answer, lost) = await Ask(clients, name, request, limit, clock, ct);
        using (answer)
        {
            // The body was read with the answer.
            return answer is not null
                ? (answer.StatusCode, await answer.Content.ReadAsStringAsync(CancellationToken.None), null)
                : (default, "", new HandOff(lost, null, null, lost == HandOffOutcome.NotBegun ? "The service could not be reached." : "The connection broke before the service answered."));
        }
    }

    /// <summary>The answer whole, for those who read its headers too; without one, whether the message may have been taken.</summary>
    public static async Task<(HttpResponseMessage? Answer, HandOffOutcome Lost)> Ask(IHttpClientFactory clients, string name, HttpRequestMessage request, TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        request.Headers.ConnectionClose = true;
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var client = clients.CreateClient(name);
            return (await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token), default);
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return (null, HandOffOutcome.NotBegun);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            return (null, HandOffOutcome.Unknown);
        }
    }

    /// <summary>What every such service means by these, whatever else it says; null where its own words decide.</summary>
    public static HandOff? Common(HttpStatusCode status) => (int)status switch
    {
        429 => new HandOff(HandOffOutcome.Deferred, 429, null, "The service asks for a slower pace."),
        503 => new HandOff(HandOffOutcome.Deferred, 503, null, "The service is not available at the moment."),
        // It failed over the message; whether before or after taking it nobody can tell.
        >= 500 => new HandOff(HandOffOutcome.Unknown, (int)status, null, "The service failed and does not say whether it took the message."),
        // Our own key or address is wrong: not the message's fault, and nothing of it was taken.
        401 or 403 or 404 or 405 => new HandOff(HandOffOutcome.NotBegun, (int)status, null, "The service does not know us: its settings are wrong."),
        _ => null,
    };
}
