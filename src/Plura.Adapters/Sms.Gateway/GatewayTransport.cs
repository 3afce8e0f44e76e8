using System.Net;
using System.Security;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Plura.Accounts;
using Plura.Messaging;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>Hands texts to whatever gateway the settings describe. It has no words of its own for what goes wrong, so the status alone decides.</summary>
public sealed class GatewayTransport(IHttpClientFactory clients, IOptions<GatewayOptions> options, IConfiguration configuration, ProviderPulses pulses, TimeProvider clock) : OneShotTransport(clients, pulses, clock)
{
    private readonly GatewayOptions settings = options.Value;

    public override string Name => "gateway";

    public override int Connections => settings.Connections;

    public override bool BringsAnswers => settings.Secret is { Length: > 0 };

    protected override TimeSpan Patience => TimeSpan.FromSeconds(settings.TimeoutSeconds);

    protected override HttpRequestMessage Request(AuthorizedMessage message)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(settings.Method), Fill(settings.Url, message, Uri.EscapeDataString));
        if (settings.Method != "GET")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(settings.Body, message, Escape(settings.ContentType))));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", settings.ContentType);
        }

        foreach (var (name, value) in settings.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>In one pass: what a message says is never read as a placeholder itself.</summary>
    private string Fill(string template, AuthorizedMessage message, Func<string, string> escape)
    {
        var result = new StringBuilder(template.Length + 200);
        for (var at = 0; at < template.Length;)
        {
            var (name, value) = Placeholder(template.AsSpan(at), message);
            result.Append(name.Length > 0 ? escape(value) : template[at].ToString());
            at += Math.Max(1, name.Length);
        }

        return result.ToString();
    }

    private (string Name, string Value) Placeholder(ReadOnlySpan<char> at, AuthorizedMessage authorized)
    {
        var message = authorized.Message;
        if (at.StartsWith("{to}"))
            return ("{to}", message.EnvelopeTo);
        if (at.StartsWith("{from}"))
            return ("{from}", message.EnvelopeFrom);
        if (at.StartsWith("{text}"))
            return ("{text}", Encoding.UTF8.GetString(message.Bytes.Span));
        if (at.StartsWith("{receipt}"))
            return ("{receipt}", PublicAddress.Of(configuration) + GatewayWebhooks.Status(authorized.TenantId, message.SendId));
        return at.StartsWith("{id}") ? ("{id}", message.MessageId) : ("", "");
    }

    private static Func<string, string> Escape(string contentType)
    {
        if (contentType.Contains("json", StringComparison.OrdinalIgnoreCase))
            return value => JsonEncodedText.Encode(value).ToString();
        if (contentType.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return Uri.EscapeDataString;
        return contentType.Contains("xml", StringComparison.OrdinalIgnoreCase) ? value => SecurityElement.Escape(value) : value => value;
    }

    protected override HandOff Read(HttpStatusCode status, string body) => (int)status is >= 200 and < 300
        ? new HandOff(HandOffOutcome.Accepted, (int)status, null, "Taken by the gateway.")
        : OneShotHttp.Common(status) ?? ((int)status is 410
            ? new HandOff(HandOffOutcome.Bounced, (int)status, null, "The gateway says that this number takes no messages.")
            : new HandOff(HandOffOutcome.Refused, (int)status, null, "The gateway refused the message."));
}
