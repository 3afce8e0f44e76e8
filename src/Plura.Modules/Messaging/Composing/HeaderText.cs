using System.Globalization;
using System.Text;

namespace Plura.Messaging;

/// <summary>Writes header values that no content can break out of: one line of ASCII, folded and encoded as RFC 5322 and 2047 ask.</summary>
public static class HeaderText
{
    private const int Line = 76;
    private static readonly IdnMapping Idn = new();

    /// <summary>Text such as a subject. <paramref name="used"/> is how much of the first line is taken by the header's name.</summary>
    public static string Unstructured(string value, int used)
    {
        var text = FieldEncoding.OneLine(value).Trim();
        if (!Ascii.IsValid(text) || text.Contains("=?", StringComparison.Ordinal))
            return Words(text, used);
        if (used + text.Length <= Line)
            return text;
        return Fold(text, used) ?? Words(text, used);
    }

    /// <summary>A mailbox: the name in quotes or encoded, the address in angle brackets.</summary>
    public static string Mailbox(string? name, string address, int used)
    {
        var display = FieldEncoding.OneLine(name ?? "").Trim();
        if (display.Length == 0)
            return $"<{address}>";
        var written = Ascii.IsValid(display) && display.Length <= 60 && !display.Contains("=?", StringComparison.Ordinal)
            ? "\"" + display.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\""
            : Words(display.Length > 200 ? display[..200] : display, used);
        return $"{written}\r\n <{address}>";
    }

    /// <summary>The address as it may stand in an envelope and a header: ASCII, the domain in its IDN form; null where it cannot be.</summary>
    public static string? Address(string address)
    {
        var at = address.LastIndexOf('@');
        if (at is <= 0 or > 64 || at == address.Length - 1 || address.Length > 254)
            return null;
        var (local, domain) = (address[..at], address[(at + 1)..]);
        foreach (var c in local)
        {
            if (c is <= ' ' or > '~' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '"' or '\\' or '[' or ']' or '@')
                return null;
        }

        if (!Ascii.IsValid(domain))
        {
            try
            {
                domain = Idn.GetAscii(domain);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        foreach (var c in domain)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_'))
                return null;
        }

        return local + "@" + domain;
    }

    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static string? Fold(string text, int used)
    {
        var result = new StringBuilder(text.Length + 16);
        var column = used;
        foreach (var word in text.Split(' '))
        {
            if (word.Length > Line - 2)
                return null;
            if (result.Length > 0)
            {
                var breaks = column + 1 + word.Length > Line && word.Length > 0;
                result.Append(breaks ? "\r\n " : " ");
                column = breaks ? 1 : column + 1;
            }

            result.Append(word);
            column += word.Length;
        }

        return result.ToString();
    }

    private static string Words(string text, int used)
    {
        var result = new StringBuilder(text.Length * 2);
        var buffer = new byte[45];
        var (count, room) = (0, Math.Clamp((Line - used - 12) / 4 * 3, 6, 45));
        foreach (var rune in text.EnumerateRunes())
        {
            if (count + rune.Utf8SequenceLength > room)
            {
                Word(result, buffer.AsSpan(0, count));
                (count, room) = (0, 45);
            }

            count += rune.EncodeToUtf8(buffer.AsSpan(count));
        }

        Word(result, buffer.AsSpan(0, count));
        return result.ToString();
    }

    private static void Word(StringBuilder result, ReadOnlySpan<byte> part)
    {
        if (part.Length == 0)
            return;
        if (result.Length > 0)
            result.Append("\r\n ");
        result.Append("=?utf-8?B?").Append(Convert.ToBase64String(part)).Append("?=");
    }
}
