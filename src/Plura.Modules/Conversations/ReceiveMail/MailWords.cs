using System.Text;
using MimeKit;
using MimeKit.Tnef;
using UtfUnknown;

namespace Plura.Conversations;

/// <summary>
/// What a mail says, whatever it calls its alphabet: what it says of itself is believed unless the bytes say otherwise. Parts of Outlook's own making
/// (winmail.dat) are opened.
/// </summary>
internal sealed record MailWords(string? Text, string? Html, IReadOnlyList<GivenFile> Files)
{
    private const int MostParts = 500;
    private const int MostFiles = 50;
    private const int LongestRead = 2_000_000;

    /// <summary>Alphabets that write other letters by bytes of ASCII.</summary>
    private static readonly string[] SevenBits = ["iso-2022", "utf-", "hz"];

    /// <summary>Strict: what is no UTF-8 is not read as such.</summary>
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static MailWords Read(MimeMessage mail)
    {
        var parts = mail.BodyParts.Take(MostParts).ToList();
        var plain = parts.OfType<TextPart>().Where(p => p.IsPlain && !p.IsAttachment).Select(Decode).Where(t => t.Trim().Length > 0).ToList();
        var html = parts.OfType<TextPart>().FirstOrDefault(p => p.IsHtml && !p.IsAttachment);
        var words = new MailWords(plain.Count > 0 ? string.Join("\n\n", plain.Select(t => t.Trim())) : null, html is null ? null : Decode(html), [.. parts.Where(IsFile).Take(MostFiles).Select(File)]);
        return parts.OfType<TnefPart>().FirstOrDefault() is { } outlook ? words.With(outlook) : words;
    }

    private MailWords With(TnefPart part)
    {
        try
        {
            var inside = part.ConvertToMessage();
            var within = inside.BodyParts.Take(MostParts).ToList();
            return this with
            {
                Text = Text ?? within.OfType<TextPart>().Where(p => p.IsPlain && !p.IsAttachment).Select(Decode).FirstOrDefault(t => t.Trim().Length > 0),
                Html = Html ?? within.OfType<TextPart>().Where(p => p.IsHtml && !p.IsAttachment).Select(Decode).FirstOrDefault(),
                Files = [.. Files.Where(f => !f.Name.Equals("winmail.dat", StringComparison.OrdinalIgnoreCase)), .. within.Where(IsFile).Take(MostFiles).Select(File)],
            };
        }
        catch (Exception error) when (error is FormatException or IOException or ArgumentException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            return this;   // It stays a file that came along.
        }
    }

    private static bool IsFile(MimeEntity part) => part.IsAttachment || part is MessagePart || part is TnefPart || part is TextPart { IsPlain: false, IsHtml: false } text && text.ContentType.IsMimeType("text", "calendar");

    private static GivenFile File(MimeEntity part)
    {
        using var bytes = new MemoryStream();
        if (part is MessagePart { Message: { } inner })
            inner.WriteTo(bytes, CancellationToken.None);
        else
            (part as MimePart)?.Content?.DecodeTo(bytes, CancellationToken.None);
        var name = Name(part);
        return new GivenFile(part is MessagePart && !name.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) ? name + ".eml" : name, bytes.ToArray());
    }

    private static string Name(MimeEntity part)
    {
        var name = part.ContentDisposition?.FileName ?? part.ContentType.Name;
        if (string.IsNullOrWhiteSpace(name))
        {
            name = part switch
            {
                MessagePart { Message: { } inner } => inner.Subject is { Length: > 0 } subject ? $"the mail “{subject}”" : "another mail",
                TnefPart => "winmail.dat",
                TextPart => "an invitation.ics",
                _ => "",
            };
        }

        var line = ReceivedMail.Line(name, 120);
        return line.Length > 0 ? line : "a file without a name";
    }

    private static string Decode(TextPart part) => Letters(part).TrimStart('\uFEFF');

    private static string Letters(TextPart part)
    {
        if (part.Content is null)
            return "";
        using var bytes = new MemoryStream();
        part.Content.DecodeTo(bytes, CancellationToken.None);
        var content = bytes.GetBuffer().AsSpan(0, (int)Math.Min(bytes.Length, LongestRead));
        if (content.IndexOfAnyExceptInRange((byte)0, (byte)127) < 0 && !Array.Exists(SevenBits, name => part.ContentType.Charset?.StartsWith(name, StringComparison.OrdinalIgnoreCase) == true))
            return Encoding.ASCII.GetString(content);
        var named = Named(part);
        if (IsUtf8(content, bytes.Length > LongestRead))
            return named is null or { IsSingleByte: true } or UTF8Encoding ? Encoding.UTF8.GetString(content) : named.GetString(content);
        if (named is not null and not UTF8Encoding and not ASCIIEncoding)
            return named.GetString(content);
        return (CharsetDetector.DetectFromBytes(content[..Math.Min(content.Length, 20_000)].ToArray()).Detected is { Confidence: > 0.5f, Encoding: { } guessed } ? guessed : Encoding.Latin1).GetString(content);
    }

    /// <summary>The encoding that it says it has, where there is one of that name.</summary>
    private static Encoding? Named(TextPart part)
    {
        if (part.ContentType.Charset is not { Length: > 0 } charset)
            return null;
        try
        {
            return part.ContentType.CharsetEncoding ?? Encoding.GetEncoding(charset);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsUtf8(ReadOnlySpan<byte> content, bool cut)
    {
        for (var shorter = 0; shorter <= (cut ? 3 : 0); shorter++)
        {
            try
            {
                Utf8.GetCharCount(content[..^shorter]);
                return true;
            }
            catch (DecoderFallbackException)
            {
                // Where it was cut a letter may have been cut as well.
            }
        }

        return false;
    }
}
