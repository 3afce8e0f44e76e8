using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Plura.Accounts;
using Plura.Messaging;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>Hands texts to the service of the settings: one POST each, whose answer says that it is queued. What became of it comes later, see <see cref="TwilioWebhooks"/>.</summary>
public sealed class TwilioTransport(IHttpClientFactory clients, IOptions<TwilioOptions> options, IConfiguration configuration, ProviderPulses pulses, TimeProvider clock) : OneShotTransport(clients, pulses, clock)
{
    private readonly TwilioOptions settings = options.Value;

    // Without an address of our own there is nowhere to tell us, and the service refuses one that nobody can reach.
    private readonly string? home = configuration["Plura:PublicUrl"] is { Length: > 0 } ? PublicAddress.Of(configuration) : null;

    public override string Name => "twilio";

    public override int Connections => settings.Connections;

    // It fetches them from us.
    public override bool CarriesFiles => home is not null;

    protected override TimeSpan Patience => TimeSpan.FromSeconds(settings.TimeoutSeconds);

    protected override HttpRequestMessage Request(AuthorizedMessage message)
    {
        var composed = message.Message;
        var form = new List<KeyValuePair<string, string>>(4)
        {
            new("To", composed.EnvelopeTo),
            new("From", composed.EnvelopeFrom),
            new("Body", Encoding.UTF8.GetString(composed.Bytes.Span)),
        };
        form.AddRange(composed.Files.Select(file => new KeyValuePair<string, string>("MediaUrl", file)));
        if (home is not null)
            form.Add(new("StatusCallback", $"{home}{TwilioWebhooks.Status(message.TenantId, composed.SendId)}"));
        return new HttpRequestMessage(HttpMethod.Post, $"{settings.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{Uri.EscapeDataString(settings.AccountSid)}/Messages.json")
        {
            Content = new FormUrlEncodedContent(form),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AccountSid}:{settings.AuthToken}"))) },
        };
    }

    protected override HandOff Read(HttpStatusCode status, string body)
    {
        if ((int)status is >= 200 and < 300)
            return new HandOff(HandOffOutcome.Accepted, (int)status, null, "Queued by the texting service.", Sid(body));
        // Its own number says more than the status, except about its own health and our key.
        return OneShotHttp.Common(status) ?? (Code(body) is { } code ? TwilioErrors.Of(code) : new HandOff(HandOffOutcome.Refused, (int)status, null, "The texting service refused the message."));
    }

    /// <summary>What it calls the message: its list of the night is held against it.</summary>
    private static string? Sid(string body) => Told(body, "sid", sid => sid.GetString()) is { Length: > 0 and <= 100 } name ? name : null;

    private static int? Code(string body) => Told<int?>(body, "code", code => code.TryGetInt32(out var number) ? number : null);

    private static T? Told<T>(string body, string what, Func<JsonElement, T?> read)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement is { ValueKind: JsonValueKind.Object } answer && answer.TryGetProperty(what, out var value) ? read(value) : default;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return default;
        }
    }
}
