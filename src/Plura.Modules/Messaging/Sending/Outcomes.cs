namespace Plura.Messaging;

/// <summary>Translates what a transport answered into the next state of a send.</summary>
public static class Outcomes
{
    /// <summary>A receiver that says "later" for so long will not take the message any more.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(72);

    /// <summary>The reason where a carrier's own list of those who want no texts stood in the way.</summary>
    public const string StopListed = "stop_listed";

    /// <summary>The reason where a receiver said "later" for too long.</summary>
    public const string GaveUp = "gave_up";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    public static SendOutcome Of(SendItem item, HandOff handOff, DateTimeOffset now) => handOff.Outcome switch
    {
        HandOffOutcome.Accepted => End(item, handOff, SendStates.Accepted, null),
        HandOffOutcome.Bounced => End(item, handOff, SendStates.Bounced, "hard_bounce"),
        HandOffOutcome.Refused => End(item, handOff, SendStates.Bounced, "refused"),
        HandOffOutcome.StopListed => End(item, handOff, SendStates.Bounced, StopListed),
        HandOffOutcome.Unknown => End(item, handOff, SendStates.Unknown, "connection_lost"),
        HandOffOutcome.NotBegun => NotBegun(item, now),
        _ when now - (item.Row.FirstIntendedAt ?? now) >= GiveUpAfter => End(item, handOff, SendStates.Bounced, GaveUp),
        _ => new SendOutcome(item, item.NextAttempt, SendStates.Deferred, "receiver_busy", handOff.Code, now + Pause(item.NextAttempt), SendStates.Deferred, Words(handOff), handOff),
    };

    /// <summary>Certainly not taken: it may go again, at once the first time and with growing pauses after that.</summary>
    public static SendOutcome NotBegun(SendItem item, DateTimeOffset now) =>
        new(item, item.NextAttempt, SendStates.Planned, null, null, item.Row.Attempt == 0 ? now : now + Pause(item.Row.Attempt), null, null);

    /// <summary>1 minute, 2, 4 … up to 4 hours, each between three and five quarters of it, so that a thousand do not come back at once.</summary>
    public static TimeSpan Pause(int attempt)
    {
        var whole = FirstPause.TotalSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        return TimeSpan.FromSeconds(Math.Min(whole, LongestPause.TotalSeconds) * (0.75 + (Random.Shared.NextDouble() / 2)));
    }

    /// <summary>True where the receiver spoke about its own load or our pace, not about one mailbox.</summary>
    public static bool AsksForPatience(HandOff handOff) => handOff.Outcome == HandOffOutcome.Deferred
        && (handOff.Code is 421 or 429 || handOff.EnhancedCode is { } code && (code.StartsWith("4.7.", StringComparison.Ordinal) || code is "4.3.2" or "4.4.5" or "4.5.3"));

    private static SendOutcome End(SendItem item, HandOff handOff, string state, string? reason) =>
        new(item, item.NextAttempt, state, reason, handOff.Code, null, state, Words(handOff), handOff);

    private static string Words(HandOff handOff)
    {
        var words = string.Join(' ', new[] { handOff.Code?.ToString(System.Globalization.CultureInfo.InvariantCulture), handOff.EnhancedCode, handOff.Reply }.Where(w => !string.IsNullOrEmpty(w)));
        return Foreign(words);
    }

    /// <summary>What a server of somebody else wrote, so that it can be kept: PostgreSQL takes no NUL and no half of a surrogate pair.</summary>
    public static string Foreign(string words) => string.Concat(words.Take(500).Where(c => !char.IsControl(c) && !char.IsSurrogate(c)));
}
