using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Plura.Accounts;

namespace Plura.Adapters;

/// <summary>Web push as browsers' own services take it (RFC 8030). The service's address comes from a browser, so only places on the internet are called, by HTTPS.</summary>
public sealed class WebPushTransport(IHttpClientFactory clients, OAuthKeys keys, IOptions<WebPushOptions> options, IOptions<OperatorOptions> house, ProviderPulses pulses, TimeProvider clock) : IPushTransport
{
    private readonly Lazy<Vapid> vapid = new(() => new Vapid(keys.Push(), options.Value.Contact ?? "mailto:" + house.Value.Email, clock));

    public string PublicKey => vapid.Value.PublicKey;

    public bool Takes(Uri address) =>
        address is { IsAbsoluteUri: true, UserInfo.Length: 0 } && (options.Value.PrivateServices
            ? address.Scheme is "https" or "http"
            : address.Scheme == "https" && address.IsDefaultPort && !address.IsLoopback && address.Host.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(address.Host.Trim('[', ']'), out _));

    public async Task<PushEnd> Send(PushMessage message, CancellationToken ct)
    {
        if (!Uri.TryCreate(message.Device.Endpoint, UriKind.Absolute, out var address) || !Takes(address))
            return new PushEnd(PushOutcome.Gone, null, "address not allowed");
        if (Encoding.UTF8.GetByteCount(message.Payload) > PushMessage.MostBytes)
            return new PushEnd(PushOutcome.Refused, null, "longer than a push message can be");
        try
        {
            using var request = Request(message, address);
            return Noted(await Send(request, ct));
        }
        catch (CryptographicException)
        {
            // A key that is no key: nothing will ever be readable there.
            return new PushEnd(PushOutcome.Gone, null, "key not usable");
        }
    }

    private HttpRequestMessage Request(PushMessage message, Uri address)
    {
        var body = new ByteArrayContent(PushEncryption.Encrypt(message.Payload, message.Device));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Headers.ContentEncoding.Add("aes128gcm");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body };
        request.Headers.Add("TTL", ((long)message.TimeToLive.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Urgency", "normal");
        request.Headers.Add("Topic", message.Topic);
        request.Headers.Authorization = new AuthenticationHeaderValue("vapid", vapid.Value.For(address));
        return request;
    }

    private async Task<PushEnd> Send(HttpRequestMessage request, CancellationToken ct)
    {
        var (answer, lost) = await OneShotHttp.Ask(clients, nameof(WebPushTransport), request, TimeSpan.FromSeconds(options.Value.TimeoutSeconds), clock, ct);
        using (answer)
            return answer is null ? new PushEnd(lost == Messaging.HandOffOutcome.NotBegun ? PushOutcome.NotBegun : PushOutcome.Unknown, null, "no answer") : Read(answer);
    }

    /// <summary>RFC 8030, section 8.4, and what services really answer.</summary>
    private PushEnd Read(HttpResponseMessage answer) => (int)answer.StatusCode switch
    {
        200 or 201 or 202 or 204 => new PushEnd(PushOutcome.Accepted, null, "taken"),
        404 or 410 => new PushEnd(PushOutcome.Gone, null, "subscription gone"),
        429 or 503 => new PushEnd(PushOutcome.Deferred, Wait(answer), $"answered {(int)answer.StatusCode}"),
        // It failed over it, and a service that failed may have taken it.
        >= 500 => new PushEnd(PushOutcome.Unknown, null, $"answered {(int)answer.StatusCode}"),
        _ => new PushEnd(PushOutcome.Refused, null, $"answered {(int)answer.StatusCode}"),
    };

    private TimeSpan? Wait(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } pause } => pause,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };

    private PushEnd Noted(PushEnd end)
    {
        if (end.Outcome is PushOutcome.Accepted or PushOutcome.Gone)
            pulses.Worked(PushAdapters.Push);
        else
            pulses.Failed(PushAdapters.Push, end.Said);
        return end;
    }
}
