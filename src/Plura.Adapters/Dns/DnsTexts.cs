using System.Net;
using DnsClient;
using Microsoft.Extensions.Options;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>Asks the machine's own name servers, or the one that the settings name.</summary>
public sealed class DnsTexts(IOptions<DnsOptions> options) : IDnsTexts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly LookupClient client = Client(options.Value);

    public async Task<IReadOnlyList<string>?> Texts(string name, CancellationToken ct)
    {
        try
        {
            var answer = await client.QueryAsync(name, QueryType.TXT, cancellationToken: ct);
            if (answer.HasError && answer.Header.ResponseCode is not DnsHeaderResponseCode.NotExistentDomain)
                return null;
            return [.. answer.Answers.TxtRecords().Select(record => string.Concat(record.Text))];
        }
        catch (ArgumentException)
        {
            // No name can be written like this, so nobody has it.
            return [];
        }
        catch (DnsResponseException)
        {
            // No server answered in time: a named outcome, the caller says so to the person.
            return null;
        }
    }

    private static LookupClient Client(DnsOptions options)
    {
        var settings = options.Server is { Length: > 0 } server && IPEndPoint.TryParse(server, out var address)
            ? new LookupClientOptions(address.Port == 0 ? new IPEndPoint(address.Address, 53) : address)
            : new LookupClientOptions();
        (settings.Timeout, settings.Retries, settings.UseCache) = (Patience, 1, false);
        return new LookupClient(settings);
    }
}

public sealed class DnsOptions
{
    public const string Section = "Dns";

    /// <summary><c>192.0.2.53</c> or <c>192.0.2.53:5353</c>; the machine's own servers where it is empty.</summary>
    public string Server { get; set; } = "";
}
