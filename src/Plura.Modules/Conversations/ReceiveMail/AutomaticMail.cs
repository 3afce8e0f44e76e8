using MimeKit;

namespace Plura.Conversations;

/// <summary>
/// Which mails a mail program wrote by itself in answer to another (RFC 3834): holidays, read receipts. A notice that a service sends by itself is none
/// unless it answers something: people want to read those.
/// </summary>
internal static class AutomaticMail
{
    private static readonly string[] Marks = ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply"];

    /// <param name="mail">A mail that is no report of a mail server.</param>
    /// <param name="toReturnAddress">It came to where letters come back to, where no person writes.</param>
    public static bool Is(MimeMessage mail, bool toReturnAddress)
    {
        var submitted = mail.Headers[HeaderId.AutoSubmitted]?.Split(';', '(')[0].Trim().ToLowerInvariant();
        return submitted switch
        {
            "auto-replied" => true,
            "auto-generated" => toReturnAddress || Nobody(mail) || Answers(mail),
            _ => mail.BodyParts.OfType<MessageDispositionNotification>().Any()
                || Marks.Any(mark => mail.Headers.Contains(mark))
                || (mail.Headers[HeaderId.Precedence]?.Trim().ToLowerInvariant() is "auto_reply" or "auto-reply")
                || (submitted is null && Nobody(mail) && (toReturnAddress || Answers(mail))),
        };
    }

    /// <summary>It says that nothing is to come back.</summary>
    private static bool Nobody(MimeMessage mail) => mail.Headers[HeaderId.ReturnPath]?.Trim() == "<>";

    private static bool Answers(MimeMessage mail) => mail.InReplyTo is { Length: > 0 } || mail.References.Count > 0;
}
