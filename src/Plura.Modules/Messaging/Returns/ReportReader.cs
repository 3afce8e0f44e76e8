using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;

namespace Plura.Messaging;

/// <summary>
/// Recognises what machines write about letters of ours: delivery reports (RFC 3464) in the shapes of many servers, complaints (RFC 5965), and
/// bounces in plain words. What a person's mail program answers by itself is none of them.
/// </summary>
internal static partial class ReportReader
{
    private const int LongestWords = 300;
    private const int MostParts = 200;
    private const int MostProof = 25;

    /// <summary>Null where the mail is no report.</summary>
    public static MailReport? Read(MimeMessage mail)
    {
        var parts = mail.BodyParts.Take(MostParts).ToList();
        if (parts.OfType<MessageFeedbackReport>().FirstOrDefault() is { } feedback)
            return Complaint(feedback, Letter(parts));
        if (parts.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } status)
            return Delivery(status, parts, Letter(parts));
        if (parts.OfType<MessageDispositionNotification>().Any() || AnswersByItself(mail))
            return null;
        if (PlainBounce.Read(mail) is { } plain)
            return plain;
        return mail.Body is MultipartReport ? MailReport.Unknown(ReturnedHeaders.Of(Letter(parts))) : null;
    }

    private static bool AnswersByItself(MimeMessage mail) => mail.Headers[HeaderId.AutoSubmitted]?.Trim().StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true && mail.Body is not MultipartReport && !PlainBounce.Daemon(mail);

    private static MimeMessage? Letter(IEnumerable<MimeEntity> parts) => parts.OfType<MessagePart>().FirstOrDefault()?.Message;

    private static MailReport Complaint(MessageFeedbackReport report, MimeMessage? letter)
    {
        var fields = report.Fields;
        var kind = fields["Feedback-Type"]?.Trim().ToLowerInvariant() ?? "";
        var end = kind switch
        {
            "abuse" or "fraud" or "virus" or "opt-out" or "opt-out-list" or "miscategorized" or "other" => ReportEnd.Complained,
            "not-spam" or "auth-failure" or "dmarc" => ReportEnd.Nothing,
            _ => (ReportEnd?)null,
        };
        return new MailReport(end, null, fields["User-Agent"] is { } by ? Clean("Reported by " + by) : "", ReturnedHeaders.Of(letter, fields["Original-Mail-From"]))
        {
            Proof = fields.Take(MostProof).GroupBy(f => f.Field, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => string.Join("; ", g.Select(f => Line(f.Value))), StringComparer.Ordinal),
        };
    }

    private static MailReport Delivery(MessageDeliveryStatus status, IReadOnlyList<MimeEntity> parts, MimeMessage? letter)
    {
        var groups = Groups(status);
        // The first group is about the report; a server that forgot the blank line between has only one.
        var (action, fields) = groups.Select(g => (Action: g["Action"]?.Trim().ToLowerInvariant(), Fields: g)).Where(g => g.Action is not null)
            .OrderBy(g => g.Action switch { "failed" => 0, "delayed" => 1, _ => 2 }).FirstOrDefault();
        var headers = letter is null ? ReturnedHeaders.In(Text(parts)) : ReturnedHeaders.Of(letter);
        if (fields is null)
            return MailReport.Unknown(headers);
        var said = Line(fields["Diagnostic-Code"] ?? "");
        var stated = Enhanced().Match(fields["Status"] ?? "") is { Success: true } own ? own.Value : null;
        var inside = Enhanced().Match(said) is { Success: true } match ? match.Value : null;
        var enhanced = (stated is null || stated.EndsWith(".0.0", StringComparison.Ordinal)) && inside is not null ? inside : stated;
        ReportEnd? end = action switch
        {
            "failed" => Failed(enhanced, SmtpCode(said), said),
            "delayed" => ReportEnd.Delayed,
            "delivered" or "relayed" or "expanded" => ReportEnd.Delivered,
            _ => null,
        };
        return new MailReport(end, SmtpCode(said), Clean(Spoken(enhanced, Kind().Replace(said, ""))), headers);
    }

    /// <summary>A report's groups; none where they cannot be read.</summary>
    private static IReadOnlyList<HeaderList> Groups(MessageDeliveryStatus status)
    {
        try
        {
            return [.. status.StatusGroups];
        }
        catch (Exception error) when (error is FormatException or IOException or InvalidOperationException)
        {
            return [];
        }
    }

    internal static ReportEnd Failed(string? enhanced, int? code, string said)
    {
        if (enhanced is ['4', ..] || (enhanced is null && code is >= 400 and < 500))
            return ReportEnd.GaveUp;
        return DeadAddress.Says(enhanced, code, aboutRecipient: false) || (enhanced is null or ['5', '.', '0', '.', ..] && NobodyThere().IsMatch(said)) ? ReportEnd.Dead : ReportEnd.Refused;
    }

    internal static int? SmtpCode(string text) =>
        Code().Match(text) is { Success: true } match ? int.Parse(match.Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    internal static string? EnhancedIn(string text) => Enhanced().Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>On one line, and without anybody's address.</summary>
    internal static string Clean(string text)
    {
        var clean = Address().Replace(Line(text), "<…>");
        return clean.Length > LongestWords ? clean[..LongestWords] : clean;
    }

    private static string Spoken(string? enhanced, string said) => enhanced is null || said.Contains(enhanced, StringComparison.Ordinal) ? said : $"{enhanced} {said}";

    private static string Text(IEnumerable<MimeEntity> parts) => string.Join('\n', parts.OfType<TextPart>().Take(5).Select(p => p.Text).Select(t => t.Length > PlainBounce.MostRead ? t[..PlainBounce.MostRead] : t));

    private static string Line(string text) =>
        string.Concat(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(2_000));

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Enhanced();

    [GeneratedRegex(@"(^|[\s;:(\[])(?<code>[45]\d\d)([\s\-:;)]|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\s*[A-Za-z0-9\-]{1,20}\s*;\s*", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Kind();

    [GeneratedRegex(@"<?[^\s<>@;:]{1,64}@[^\s<>@;:]{1,255}>?", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex("user unknown|unknown user|no such (user|mailbox|recipient|address)|no mailbox|(user|mailbox|recipient|address|account) (was |is )?(not found|does(n't| not) exist)|invalid (recipient|mailbox|address)|mailbox unavailable|does not have an? .{0,20}account", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NobodyThere();
}
