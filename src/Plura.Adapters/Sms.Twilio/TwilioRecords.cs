using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>Reads the service's own list of the messages that it took from us, page by page.</summary>
public sealed class TwilioRecords(IHttpClientFactory clients, IOptions<TwilioOptions> options) : IProviderRecords
{
    public const string Client = nameof(TwilioRecords);

    /// <summary>The most that the service gives on one page.</summary>
    private const int PageSize = 1000;

    /// <summary>More pages are a list that goes round in a circle.</summary>
    private const int MostPages = 10_000;

    private readonly TwilioOptions settings = options.Value;

    public string Name => "twilio";

    public async IAsyncEnumerable<IReadOnlyList<ProviderRecord>> Read(DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct)
    {
        var root = settings.BaseUrl.TrimEnd('/');
        // The service counts by whole days of UTC; what is too old is left out by whoever asks.
        var next = string.Create(CultureInfo.InvariantCulture, $"/2010-04-01/Accounts/{Uri.EscapeDataString(settings.AccountSid)}/Messages.json?DateSent%3E={since.UtcDateTime:yyyy-MM-dd}&PageSize={PageSize}");
        for (var page = 0; next is not null; page++)
        {
            if (page == MostPages)
                throw new TransportDownException("The texting service's list has no end.");
            using var json = await Ask(root + next, ct);
            var (records, following) = Parse(json.RootElement);
            // Its own words for where it goes on are followed only on its own server.
            next = following?.StartsWith('/') == true ? following : null;
            if (records.Count > 0)
                yield return records;
        }
    }

    private async Task<JsonDocument> Ask(string url, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AccountSid}:{settings.AuthToken}"))) },
        };
        try
        {
            using var client = clients.CreateClient(Client);
            client.Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds);
            using var answer = await client.SendAsync(request, ct);
            answer.EnsureSuccessStatusCode();
            return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(ct), cancellationToken: ct);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new TransportDownException("The texting service does not say what it took.", error);
        }
    }

    private static (List<ProviderRecord> Records, string? Next) Parse(JsonElement page)
    {
        try
        {
            var next = page.TryGetProperty("next_page_uri", out var uri) ? uri.GetString() : null;
            return ([.. page.GetProperty("messages").EnumerateArray().Where(Ours).Select(Record)], next);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new TransportDownException("The texting service's list cannot be understood.", error);
        }
    }

    /// <summary>What a program sent: not what came in, and not what the service answered by itself.</summary>
    private static bool Ours(JsonElement message) => Text(message, "direction") == "outbound-api" && Text(message, "sid").Length > 0 && Text(message, "to").Length > 0;

    private static string Text(JsonElement message, string name) => message.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static ProviderRecord Record(JsonElement message)
    {
        int? code = message.TryGetProperty("error_code", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt32() : null;
        var receipt = TwilioErrors.Receipt(Text(message, "status"), code);
        return new ProviderRecord(
            Text(message, "sid"), Text(message, "from"), Text(message, "to"), receipt, code, TwilioErrors.Words(receipt, code),
            DateTimeOffset.Parse(Text(message, "date_created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime());
    }
}
