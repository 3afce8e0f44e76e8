using MimeKit;

namespace Plura.Conversations;

/// <summary>The bytes of a mail as a message, and for whom it was meant.</summary>
internal static class MailSource
{
    private const int DeepestParts = 64;
    private const int MostRecipients = 20;

    /// <summary>Written by the last mail server on the way; they say more than what the sender wrote into To and Cc.</summary>
    private static readonly string[] Envelope = ["X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To"];

    /// <summary>Null where it is no e-mail at all. Whatever else is broken in it, what can be read is read.</summary>
    public static MimeMessage? Read(byte[] source)
    {
        var options = ParserOptions.Default.Clone();
        options.MaxMimeDepth = DeepestParts;
        try
        {
            using var stream = new MemoryStream(source);
            return MimeMessage.Load(options, stream, CancellationToken.None);
        }
        catch (Exception error) when (error is FormatException or IOException)
        {
            return null;
        }
    }

    /// <summary>Addresses in the order in which they are believed.</summary>
    public static IReadOnlyList<string> Recipients(MimeMessage mail)
    {
        var envelope = mail.Headers.Where(h => Envelope.Contains(h.Field, StringComparer.OrdinalIgnoreCase)).Take(MostRecipients).Select(h => h.Value.Trim().Trim('<', '>'));
        return [.. envelope.Concat(mail.To.Mailboxes.Concat(mail.Cc.Mailboxes).Take(MostRecipients).Select(m => m.Address)).Where(a => a.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
