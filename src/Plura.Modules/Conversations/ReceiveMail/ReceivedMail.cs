using System.Security.Cryptography;
using MimeKit;

namespace Plura.Conversations;

/// <summary>An e-mail as it is understood: who wrote it, what it says, and under which id it is known.</summary>
public sealed record ReceivedMail(string ExternalId, string From, string Name, MessageText Text)
{
    /// <summary>What came along; the names stand in the text in the same order.</summary>
    public IReadOnlyList<GivenFile> Files { get; init; } = [];

    private const int LongestId = 250;
    private const int LongestSubject = 300;
    private const int LongestAddress = 320;

    /// <summary>Null where there is no sender. Whatever else is broken in it, what can be read is read.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="source">The same as it came.</param>
    /// <param name="toReturnAddress">It came to where letters come back to, where no person writes.</param>
    public static ReceivedMail? Read(MimeMessage mail, byte[] source, bool toReturnAddress = false)
    {
        var sender = mail.From.Mailboxes.FirstOrDefault() ?? mail.Sender;
        if (sender is not { Address: { Length: > 0 and <= LongestAddress } address } || !address.Contains('@', StringComparison.Ordinal))
            return null;
        var said = MailWords.Read(mail);
        var html = said.Html is { Length: > 0 } body ? MailHtml.Read(body) : null;
        var text = Plain(said.Text ?? html?.Text ?? "");
        var cut = text.Length > MessageText.Longest;
        var words = new MessageText(Line(mail.Subject ?? "", LongestSubject), cut ? text[..MessageText.Longest] : text)
        {
            Html = html?.Clean,
            Address = address.Trim(),
            Files = [.. said.Files.Select(f => f.Name)],
            Cut = cut,
            Automatic = AutomaticMail.Is(mail, toReturnAddress),
        };
        return new ReceivedMail(Id(mail.MessageId, source), address.Trim(), Line(sender.Name ?? "", 100), words) { Files = said.Files };
    }

    internal static string Line(string text, int longest)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim();
        line = string.Concat(line.Where(c => !char.IsControl(c)));
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)];
    }

    /// <summary>Its own id where it can stand in a header of an answer; else a fingerprint of the whole.</summary>
    private static string Id(string? own, byte[] source) =>
        own is { Length: > 0 and <= LongestId } && own.All(c => c is > ' ' and < (char)127 and not ('<' or '>'))
            ? own : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(source));

    private static string Plain(string text) => string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))).Trim();
}
