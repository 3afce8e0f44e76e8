using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plura.Accounts;

namespace Plura.Adapters;

/// <summary><c>Passwords__BreachedList__…</c>: a range service of breached passwords. Nothing is asked where no address is set.</summary>
public sealed class BreachedListOptions
{
    public const string Section = "Passwords:BreachedList";

    /// <summary>What comes before <c>/range/{prefix}</c>, for example https://api.pwnedpasswords.com.</summary>
    [Required, Url(ErrorMessage = "Passwords__BreachedList__Url must be an address.")]
    public string Url { get; set; } = "";

    [Range(50, 30_000, ErrorMessage = "Passwords__BreachedList__TimeoutMilliseconds must lie between 50 and 30,000.")]
    public int TimeoutMilliseconds { get; set; } = 2_000;
}

/// <summary>
/// Asks by the first five of the forty characters of the password's SHA-1 and compares the rest here: the service sees one of a million
/// groups of some hundred passwords, never the password. It asks for padding, so that the answer's length tells nothing either.
/// </summary>
internal sealed partial class BreachedList(IHttpClientFactory clients, IOptions<BreachedListOptions> options, ProviderPulses pulses, ILogger<BreachedList> log) : IBreachedPasswords
{
    private static readonly Meter Meter = new("Plura.Adapters");
    private static readonly Counter<long> Looks = Meter.CreateCounter<long>("plura.passwords.breached_list.looks", description: "Passwords looked up in the list of breached ones, by what came of it.");

    private const string Key = "breached_passwords";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[$"{BreachedListOptions.Section}:Url"] is not { Length: > 0 } url)
        {
            services.AddSingleton(new Provider(Key, "Passwords known from break-ins", null, "New passwords are compared with our own list alone; Passwords__BreachedList__Url adds one."));
            return;
        }

        services.AddSingleton(new Provider(Key, "Passwords known from break-ins", "Range service", "It is told the first five characters of a hash, never a password.", ("server", url)));
        services.AddOptions<BreachedListOptions>().BindConfiguration(BreachedListOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(nameof(BreachedList));
        services.AddSingleton<IBreachedPasswords, BreachedList>();
    }

    public async Task<Breach> Look(string password, CancellationToken ct)
    {
        var outcome = await Ask(password, ct);
        Looks.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));
        if (outcome is Breach.TimedOut or Breach.Failed)
        {
            pulses.Failed(Key, outcome == Breach.TimedOut ? "it took too long" : "it could not be reached, or answered nonsense");
            NoAnswer(log, outcome);
        }
        else
        {
            pulses.Worked(Key);
        }

        return outcome;
    }

    private async Task<Breach> Ask(string password, CancellationToken ct)
    {
#pragma warning disable CA5350 // The list is by SHA-1; it protects nothing here.
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(options.Value.TimeoutMilliseconds);
        try
        {
            using var client = clients.CreateClient(nameof(BreachedList));
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{options.Value.Url.TrimEnd('/')}/range/{hash[..5]}");
            request.Headers.Add("Add-Padding", "true");
            request.Headers.UserAgent.ParseAdd("PluraOS");
            using var answer = await client.SendAsync(request, late.Token);
            if (!answer.IsSuccessStatusCode)
                return Breach.Failed;
            var lines = (await answer.Content.ReadAsStringAsync(late.Token)).Split('\n', StringSplitOptions.TrimEntries);
            // Padding is of lines that count nothing.
            return lines.Any(line => line.StartsWith(hash[5..] + ":", StringComparison.OrdinalIgnoreCase) && !line.EndsWith(":0", StringComparison.Ordinal)) ? Breach.Found : Breach.NotFound;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Breach.TimedOut;
        }
        catch (HttpRequestException)
        {
            return Breach.Failed;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The list of breached passwords gave no answer: {Outcome}. The password was taken by our own list alone.")]
    private static partial void NoAnswer(ILogger log, Breach outcome);
}
