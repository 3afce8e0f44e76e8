namespace Plura.Messaging;

/// <summary>What is known of a visit to an open or click link, besides the send it belongs to.</summary>
/// <param name="SinceHandOff">Null where the message is not known to have been handed over.</param>
/// <param name="OtherLinksLately">How many other links of the same letter were followed within the last two seconds.</param>
public sealed record LinkVisit(string Method, string? UserAgent, string? Purpose, TimeSpan? SinceHandOff, int OtherLinksLately, bool DecoyLately);

/// <summary>
/// Tells machines from people, and says why. A machine is counted apart, never dropped: mail programs fetch pictures ahead,
/// scanners follow every link, and either would make rates a fiction.
/// </summary>
public static class Robots
{
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(3);

    private static readonly (string Part, string Reason)[] Known =
    [
        ("GoogleImageProxy", "Gmail's image proxy fetched it"),
        ("YahooMailProxy", "Yahoo's image proxy fetched it"),
        ("SafeLinks", "Outlook's SafeLinks scanner followed it"),
        ("BingPreview", "Microsoft's link preview followed it"),
        ("MicrosoftPreview", "Microsoft's link preview followed it"),
        ("SkypeUriPreview", "Microsoft's link preview followed it"),
        ("Barracuda", "Barracuda's scanner followed it"),
        ("Mimecast", "Mimecast's scanner followed it"),
        ("Proofpoint", "Proofpoint's scanner followed it"),
        ("FireEye", "a mail scanner followed it"),
        ("TrendMicro", "a mail scanner followed it"),
        ("Symantec", "a mail scanner followed it"),
        ("Cloudmark", "a mail scanner followed it"),
        ("Sophos", "a mail scanner followed it"),
        ("ZScaler", "a mail scanner followed it"),
        ("Slackbot", "a link preview followed it"),
        ("facebookexternalhit", "a link preview followed it"),
        ("WhatsApp", "a link preview followed it"),
        ("TelegramBot", "a link preview followed it"),
        ("LinkedInBot", "a link preview followed it"),
        ("HeadlessChrome", "a browser without a screen followed it"),
        ("PhantomJS", "a browser without a screen followed it"),
        ("python-", "a program followed it"),
        ("curl/", "a program followed it"),
        ("Wget/", "a program followed it"),
        ("Go-http-client", "a program followed it"),
        ("okhttp", "a program followed it"),
        ("Java/", "a program followed it"),
        ("libwww", "a program followed it"),
        ("axios/", "a program followed it"),
        ("node-fetch", "a program followed it"),
        ("crawler", "a robot followed it"),
        ("spider", "a robot followed it"),
        ("bot/", "a robot followed it"),
        ("bot;", "a robot followed it"),
    ];

    /// <summary>Why we think that no person did it, or null.</summary>
    public static string? Reason(LinkVisit visit)
    {
        if (visit.Method != "GET")
            return "it asked for the headers only";
        if (visit.Purpose is { Length: > 0 } purpose && (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || purpose.Contains("preview", StringComparison.OrdinalIgnoreCase)))
            return "a program fetched it ahead of time";
        var agent = visit.UserAgent?.Trim() ?? "";
        if (agent.Length == 0)
            return "it did not say what program it was";
        // Apple's Mail Privacy Protection loads every picture through a proxy that calls itself exactly this.
        if (agent == "Mozilla/5.0")
            return "Apple's Mail Privacy Protection fetched it";
        foreach (var (part, reason) in Known)
        {
            if (agent.Contains(part, StringComparison.OrdinalIgnoreCase))
                return reason;
        }

        if (visit.DecoyLately)
            return "the same visitor followed a link that people cannot see";
        if (visit.SinceHandOff is { } since && since < TooSoon)
            return "it came within three seconds of the hand-over";
        return visit.OtherLinksLately >= 2 ? "several links were followed within two seconds" : null;
    }
}
