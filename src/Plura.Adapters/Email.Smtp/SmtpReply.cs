using System.Text.RegularExpressions;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>One reply of the server: its code, its enhanced code (RFC 3463) where it gives one, its text on one line.</summary>
public sealed partial record SmtpReply(int Code, string? Enhanced, string Text, IReadOnlyList<string> Lines)
{
    public bool Ok => Code is >= 200 and < 300;

    public static SmtpReply Of(IReadOnlyList<string> lines)
    {
        var code = int.Parse(lines[^1].AsSpan(0, 3), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
        var bare = lines.Select(line => line.Length > 4 ? line[4..].Trim() : "").ToList();
        var enhanced = EnhancedCode().Match(bare[0]) is { Success: true } match && match.Value[0] == lines[^1][0] ? match.Value : null;
        return new SmtpReply(code, enhanced, string.Join(' ', bare), bare);
    }

    /// <summary>What a refusal of the envelope or of the message means for this send.</summary>
    /// <param name="aboutRecipient">True where it answers RCPT: without an enhanced code that is about the address.</param>
    public HandOff HandOff(bool aboutRecipient)
    {
        var outcome = Code switch
        {
            >= 200 and < 300 => HandOffOutcome.Accepted,
            >= 400 and < 500 => HandOffOutcome.Deferred,
            _ when DeadAddress.Says(Enhanced, Code, aboutRecipient) => HandOffOutcome.Bounced,
            _ => HandOffOutcome.Refused,
        };
        return new HandOff(outcome, Code, Enhanced, WithoutAddresses(Text));
    }

    private static string WithoutAddresses(string text)
    {
        var clean = Address().Replace(text, "<…>");
        return clean.Length > 300 ? clean[..300] : clean;
    }

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedCode();

    [GeneratedRegex(@"<?[^\s<>@]{1,64}@[^\s<>@]{1,255}>?", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
