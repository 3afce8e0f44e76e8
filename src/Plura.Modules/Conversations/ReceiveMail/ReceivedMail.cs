using System.Security.Cryptography;
using MimeKit;

namespace Plura.Conversations;

/// <summary>An e-mail as it is understood: who wrote it, what it says, and under which id it is known.</summary>
public sealed record ReceivedMail(string ExternalId, string From, string Name, MessageText Text)
{
    /// <summary>A mail server tells of a letter that did not arrive: nobody wrote it.</summary>
    public bool IsReport { get; init; }

    private const int LongestId = 250;
    private const int LongestSubject = 300;
    private const int MostFiles = 50;

    /// <summary>Null where there is no sender, or it is no e-mail at all. Whatever else is broken in it, what can be read is read.</summary>
    public static ReceivedMail? Read(byte[] source)
    {
        MimeMessage mail;
        try
        {
            using var stream = new MemoryStream(source);
            mail = MimeMessage.Load(stream, CancellationToken.None);
        }
        catch (Exception error) when (error is FormatException or IOException)
        {
            return null;
        }

        if (mail.From.Mailboxes.FirstOrDefault() is not { Address.Length: > 0 } sender)
            return null;
        var html = mail.HtmlBody is { Length: > 0 } body ? MailHtml.Read(body) : null;
        var text = Plain(mail.TextBody ?? html?.Text ?? "");
        var cut = text.Length > MessageText.Longest;
        var words = new MessageText(Line(mail.Subject ?? "", LongestSubject), cut ? text[..MessageText.Longest] : text)
        {
            Html = html?.Clean,
            Address = sender.Address.Trim(),
            Files = [.. mail.Attachments.Take(MostFiles).Select(FileName)],
            Cut = cut,
        };
        return new ReceivedMail(Id(mail.MessageId, source), sender.Address.Trim(), Line(sender.Name ?? "", 100), words)
        {
            IsReport = mail.Body is MultipartReport || mail.Headers[HeaderId.ReturnPath]?.Trim() == "<>",
        };
    }

    /// <summary>Its own id where it can stand in a header of an answer; else a fingerprint of the whole.</summary>
    private static string Id(string? own, byte[] source) =>
        own is { Length: > 0 and <= LongestId } && own.All(c => c is > ' ' and < (char)127 and not ('<' or '>'))
            ? own : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(source));

    private static string Plain(string text) => string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))).Trim();

    private static string Line(string text, int longest)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim();
        line = string.Concat(line.Where(c => !char.IsControl(c)));
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)];
    }

    private static string FileName(MimeEntity file)
    {
        var name = Line(file.ContentDisposition?.FileName ?? file.ContentType.Name ?? "", 120);
        return name.Length > 0 ? name : "a file without a name";
    }
}
