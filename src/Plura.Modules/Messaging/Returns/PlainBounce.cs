using System.Text.RegularExpressions;
using MimeKit;

namespace Plura.Messaging;

/// <summary>A bounce in plain words, as servers wrote them before there were reports, and some still do.</summary>
internal static partial class PlainBounce
{
    public const int MostRead = 100_000;

    private static readonly string[] Copies =
    [
        "--- Below this line is a copy", "--- This is a copy of", "--- The header of the original message", "--- Original message", "-----Original message", "Message header follows", "--- Forwarded message",
    ];

    /// <summary>Null where a mail server did not write it, or it is not about a letter that did not arrive.</summary>
    public static MailReport? Read(MimeMessage mail)
    {
        if (!FromServer(mail))
            return null;
        var text = mail.BodyParts.OfType<TextPart>().FirstOrDefault()?.Text ?? "";
        if (text.Length > MostRead)
            text = text[..MostRead];
        var end = Copies.Select(copy => text.IndexOf(copy, StringComparison.OrdinalIgnoreCase)).Where(at => at >= 0).DefaultIfEmpty(text.Length).Min();
        var letter = mail.BodyParts.OfType<MessagePart>().FirstOrDefault()?.Message;
        var headers = letter is null ? ReturnedHeaders.In(text[end..]) : ReturnedHeaders.Of(letter);
        var said = text[..end];
        var (enhanced, code) = (ReportReader.EnhancedIn(said), ReportReader.SmtpCode(said));
        var words = ReportReader.Clean(Reason(said));
        if (Waits().IsMatch(said) || Waits().IsMatch(mail.Subject ?? ""))
            return new MailReport(ReportEnd.Delayed, code, words, headers) { Doubtful = !Daemon(mail) };
        if (enhanced is null && code is null && !Failure().IsMatch(mail.Subject ?? "") && !Failure().IsMatch(said))
            return Daemon(mail) ? MailReport.Unknown(headers) : null;
        return new MailReport(ReportReader.Failed(enhanced, code, said), code, words, headers) { Doubtful = !Daemon(mail) };
    }

    private static bool FromServer(MimeMessage mail) => Daemon(mail)
        || mail.Headers[HeaderId.ReturnPath]?.Trim() == "<>"
        || mail.From.Mailboxes.FirstOrDefault() is { } sender && sender.Address.StartsWith("postmaster@", StringComparison.OrdinalIgnoreCase);

    /// <summary>By its name a mail server wrote it, and no person.</summary>
    internal static bool Daemon(MimeMessage mail) => mail.From.Mailboxes.FirstOrDefault() is { } sender
        && (sender.Address.StartsWith("mailer-daemon", StringComparison.OrdinalIgnoreCase) || sender.Address.StartsWith("mdaemon", StringComparison.OrdinalIgnoreCase));

    /// <summary>The lines around what the server answered; else how it begins.</summary>
    private static string Reason(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var telling = Array.FindIndex(lines, line => ReportReader.EnhancedIn(line) is not null || ReportReader.SmtpCode(line) is not null);
        return telling >= 0 ? string.Join(' ', lines.Skip(telling).Take(2)) : string.Join(' ', lines.Take(4));
    }

    [GeneratedRegex("undeliver|not (be )?deliver|delivery (has )?fail|failure notice|returned (mail|to sender)|returning message|could ?n.t (be )?deliver|unable to deliver|permanent(ly)? (error|fail)|rejected|fatal error|given up", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Failure();

    [GeneratedRegex("still (be )?try|will (be )?(retr|try)|has been delayed|delivery delayed|delayed mail|warning: (could not|message)|not yet been delivered|no action is required", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Waits();
}
