using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Plura.Platform;

namespace Plura.Accounts;

public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>How many calls one token, or one connected app in one account, may make in a minute on each node.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerMinute { get; set; } = 600;

    /// <summary>How many calls with tokens that nobody knows may come from one connection to the network in a minute, on each node.</summary>
    [Range(1, 1_000_000)]
    public int UnknownPerMinute { get; set; } = 600;
}

/// <summary>
/// Keeps one program from using up what all need. Every answer says how many calls are left (<c>RateLimit</c>, by the IETF's draft), so that
/// a well-made program never meets the refusal. Counted per node and forgotten with the minute: nothing of it is worth a row.
/// </summary>
internal sealed class CallLimits(IOptions<ApiOptions> options, TimeProvider clock)
{
    private const int Minute = 60;
    private readonly ConcurrentDictionary<string, Window> windows = new(StringComparer.Ordinal);
    private long swept;

    /// <summary>Counts a call and writes the headers; answers the refusal where there were too many.</summary>
    public IResult? Take(HttpContext http, Guid key)
    {
        var limit = options.Value.CallsPerMinute;
        var (used, wait) = Count(key.ToString());
        http.Response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";q={limit};w={Minute}");
        http.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";r={Math.Max(0, limit - used)};t={wait}");
        return used <= limit ? null : TooMany(http, "rate.limited", $"That were more than {limit} calls in a minute.", wait);
    }

    /// <summary>
    /// Counts a call with a token that nobody knows, by the connection to the network that it came from; answers the refusal where there were
    /// too many. A token that is known is not kept out by it: a neighbour's mistake must not stop a whole office.
    /// </summary>
    public IResult? TakeUnknown(HttpContext http)
    {
        var limit = options.Value.UnknownPerMinute;
        var (used, wait) = Count("from " + (http.Connection.RemoteIpAddress is { } address ? Networks.Cut(address).ToString() : ""));
        return used <= limit ? null : TooMany(http, "rate.unknown_tokens", $"More than {limit} calls in a minute came from your network with tokens that are not known. Look at the token that your program sends.", wait);
    }

    private static IResult TooMany(HttpContext http, string code, string why, int wait)
    {
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return Refusal.Limit(code, $"{why} Go on in {wait} seconds.").Problem();
    }

    /// <summary>How many there were in this minute with this one, and how many seconds are left of it.</summary>
    private (int Used, int Wait) Count(string key)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        var minute = seconds / Minute;
        Sweep(minute);
        var used = windows.AddOrUpdate(key, _ => new Window(minute, 1), (_, known) => known.Minute == minute ? known with { Calls = known.Calls + 1 } : new Window(minute, 1)).Calls;
        return (used, (int)(((minute + 1) * Minute) - seconds));
    }

    /// <summary>Once a minute, what is over is forgotten.</summary>
    private void Sweep(long minute)
    {
        if (Interlocked.Exchange(ref swept, minute) == minute)
            return;
        foreach (var over in windows.Where(w => w.Value.Minute < minute))
            windows.TryRemove(over);
    }

    private sealed record Window(long Minute, int Calls);
}
