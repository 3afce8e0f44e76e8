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
}

/// <summary>
/// Keeps one program from using up what all need. Every answer says how many calls are left (<c>RateLimit</c>, by the IETF's draft), so that
/// a well-made program never meets the refusal. Counted per node and forgotten with the minute: nothing of it is worth a row.
/// </summary>
internal sealed class CallLimits(IOptions<ApiOptions> options, TimeProvider clock)
{
    private const int Minute = 60;
    private readonly ConcurrentDictionary<Guid, Window> windows = new();
    private long swept;

    /// <summary>Counts a call and writes the headers; answers the refusal where there were too many.</summary>
    public IResult? Take(HttpContext http, Guid key)
    {
        var (limit, seconds) = (options.Value.CallsPerMinute, clock.GetUtcNow().ToUnixTimeSeconds());
        var minute = seconds / Minute;
        Sweep(minute);
        var used = windows.AddOrUpdate(key, _ => new Window(minute, 1), (_, known) => known.Minute == minute ? known with { Calls = known.Calls + 1 } : new Window(minute, 1)).Calls;
        var wait = (int)(((minute + 1) * Minute) - seconds);
        http.Response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";q={limit};w={Minute}");
        http.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";r={Math.Max(0, limit - used)};t={wait}");
        if (used <= limit)
            return null;
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return Refusal.Limit("rate.limited", $"That were more than {limit} calls in a minute. Go on in {wait} seconds.").Problem();
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
