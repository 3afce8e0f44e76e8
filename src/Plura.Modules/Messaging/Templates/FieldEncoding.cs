using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plura.Messaging;

/// <summary>Turns a field's value into text, and makes that text harmless for the place where it will stand.</summary>
public static class FieldEncoding
{
    private static readonly SearchValues<char> HtmlSpecial = SearchValues.Create("&<>\"'`");
    private static readonly SearchValues<char> PlainSpecial = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (char)i), '\u007f', '\u0085', '\u2028', '\u2029']);
    private static readonly SearchValues<char> UrlPlain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$()*+,;=%&");
    private static readonly SearchValues<char> StylePlain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.#%, ");
    private static readonly string[] Schemes = ["http://", "https://", "mailto:", "tel:", "cid:"];

    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset at => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        JsonElement { ValueKind: JsonValueKind.Array } list => string.Join(", ", list.EnumerateArray().Select(x => Text(x))),
        JsonElement json => json.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable<object?> list => string.Join(", ", list.Select(Text)),
        _ => value.ToString() ?? "",
    };

    public static string Encode(string value, FieldContext context) => context switch
    {
        FieldContext.Plain => OneLine(value),
        FieldContext.Lines => string.Join('\n', value.ReplaceLineEndings("\n").Split('\n').Select(OneLine)),
        FieldContext.Html => Html(value),
        FieldContext.UrlStart => Html(Url(Addressable(value) ? value : "#", query: false)),
        FieldContext.UrlPath => Html(Url(value, query: false)),
        FieldContext.UrlQuery => Html(Url(value, query: true)),
        FieldContext.Style => Keep(value, StylePlain),
        _ => "",
    };

    public static string OneLine(string value)
    {
        if (value.AsSpan().IndexOfAny(PlainSpecial) < 0)
            return value;
        var result = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (!PlainSpecial.Contains(c))
                result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }

        return result.ToString().TrimEnd();
    }

    public static string Html(string value)
    {
        if (value.AsSpan().IndexOfAny(HtmlSpecial) < 0)
            return value;
        var result = new StringBuilder(value.Length + 16);
        foreach (var c in value)
        {
            _ = c switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                '\'' => result.Append("&#39;"),
                '`' => result.Append("&#96;"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }

    private static bool Addressable(string value)
    {
        var start = value.TrimStart();
        return start.Length == 0 || start[0] is '#' || Array.Exists(Schemes, s => start.StartsWith(s, StringComparison.OrdinalIgnoreCase));
    }

    private static string Url(string value, bool query)
    {
        var text = value.Trim();
        if (text.AsSpan().IndexOfAnyExcept(UrlPlain) < 0 && !(query && text.AsSpan().IndexOfAny('&', '#', '+') >= 0))
            return text;
        var result = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && UrlPlain.Contains((char)rune.Value) && !(query && (rune.Value is '&' or '#' or '+')))
            {
                result.Append((char)rune.Value);
                continue;
            }

            foreach (var octet in bytes[..rune.EncodeToUtf8(bytes)])
                result.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }

    private static string Keep(string value, SearchValues<char> allowed) => string.Concat(value.Where(allowed.Contains));
}
