using System.Net;
using System.Security;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Plura.Accounts;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>Hands texts to whatever gateway the settings describe. It has no words of its own for what goes wrong, so the status alone decides.</summary>
public sealed class GatewayTransport(IHttpClientFactory clients, IOptions<GatewayOptions> options, ProviderPulses pulses, TimeProvider clock) : ITextTransport, ITransportSession
{
    private readonly GatewayOptions settings = options.Value;

    public string Name => "gateway";

    public int Connections => settings.Connections;

    public bool Usable => true;

    public Task<ITransportSession> Open(CancellationToken ct) => Task.FromResult<ITransportSession>(this);

    public async Task<HandOff> Send(AuthorizedMessage message, CancellationToken ct)
    {
        using var request = Request(message.Message);
        var (status, _, lost) = await OneShotHttp.Send(clients, nameof(GatewayTransport), request, TimeSpan.FromSeconds(settings.TimeoutSeconds), clock, ct);
        var end = lost ?? Read(status);
        if (end.Outcome is HandOffOutcome.NotBegun or HandOffOutcome.Unknown)
            pulses.Failed(TextAdapters.Texts, end.Reply);
        else
            pulses.Worked(TextAdapters.Texts);
        return end;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private HttpRequestMessage Request(ComposedMessage message)
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
    private static string Fill(string template, ComposedMessage message, Func<string, string> escape)
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

    private static (string Name, string Value) Placeholder(ReadOnlySpan<char> at, ComposedMessage message)
    {
        if (at.StartsWith("{to}"))
            return ("{to}", message.EnvelopeTo);
        if (at.StartsWith("{from}"))
            return ("{from}", message.EnvelopeFrom);
        if (at.StartsWith("{text}"))
            return ("{text}", Encoding.UTF8.GetString(message.Bytes.Span));
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

    private static HandOff Read(HttpStatusCode status) => (int)status is >= 200 and < 300
        ? new HandOff(HandOffOutcome.Accepted, (int)status, null, "Taken by the gateway.")
        : OneShotHttp.Common(status) ?? ((int)status is 410
            ? new HandOff(HandOffOutcome.Bounced, (int)status, null, "The gateway says that this number takes no messages.")
            : new HandOff(HandOffOutcome.Refused, (int)status, null, "The gateway refused the message."));
}
