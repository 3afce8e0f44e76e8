namespace Plura.Messaging;

/// <summary>
/// A rate limit as a bucket: it holds one second's worth of tokens (at least one) and fills with time, so that no minute sees
/// noticeably more than the limit. Its level lives in the dispatch row, where every node takes from it.
/// </summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Bucket(int? RatePerMinute, double Tokens, DateTimeOffset FilledAt)
{
    public static double Capacity(int? ratePerMinute) => ratePerMinute is { } rate ? Math.Max(1, rate / 60.0) : 0;

    public Bucket Filled(DateTimeOffset now)
    {
        if (RatePerMinute is not { } rate)
            return this with { FilledAt = now };
        var since = Math.Max(0, (now - FilledAt).TotalMinutes);
        return this with { Tokens = Math.Min(Capacity(rate), Tokens + (since * rate)), FilledAt = now };
    }

    /// <summary>How many may go now; a little rounding error does not cost a message.</summary>
    public int Whole => (int)Math.Floor(Tokens + 1e-6);

    public Bucket Less(int taken) => RatePerMinute is null ? this : this with { Tokens = Math.Max(0, Tokens - taken) };

    /// <summary>When a second's worth of tokens is there again.</summary>
    public DateTimeOffset NextAt => RatePerMinute is { } rate ? FilledAt + TimeSpan.FromMinutes(Math.Max(0, Capacity(rate) - Tokens) / rate) : FilledAt;
}
