using System.Net;
using System.Text;

namespace Plura.Messaging;

/// <summary>Finds <c>{{ … }}</c> and <c>{% … %}</c> in a text, without understanding them.</summary>
public static class LiquidTags
{
    public static bool StartsAt(string text, int position) =>
        position + 1 < text.Length && text[position] == '{' && (text[position + 1] is '{' or '%');

    /// <summary>The position behind the tag that starts here; the text's end where it is not closed.</summary>
    public static int End(string text, int position)
    {
        var closing = text[position + 1] == '{' ? "}}" : "%}";
        var end = text.IndexOf(closing, position + 2, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + 2;
    }

    public static bool Any(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (StartsAt(text, i))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Editors write what was typed between the braces as HTML (<c>&amp;quot;</c>, a hard space). Inside a tag that is
    /// never meant, so it is turned back.
    /// </summary>
    public static string Decode(string html) => Map(html, tag => WebUtility.HtmlDecode(tag).Replace('\u00a0', ' '), text => text);

    /// <summary>Rewrites the tags by one function and what stands between them by another.</summary>
    public static string Map(string text, Func<string, string> tag, Func<string, string> between)
    {
        var result = new StringBuilder(text.Length);
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!StartsAt(text, i))
                continue;
            result.Append(between(text[from..i]));
            from = End(text, i);
            result.Append(tag(text[i..from]));
            i = from - 1;
        }

        return result.Append(between(text[from..])).ToString();
    }

    /// <summary>The line on which the first tag that is never closed begins, or null.</summary>
    public static int? Unclosed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!StartsAt(text, i))
                continue;
            var end = End(text, i);
            if (end == text.Length && !text.EndsWith(text[i + 1] == '{' ? "}}" : "%}", StringComparison.Ordinal))
                return 1 + text.AsSpan(0, i).Count('\n');
            i = end - 1;
        }

        return null;
    }
}
