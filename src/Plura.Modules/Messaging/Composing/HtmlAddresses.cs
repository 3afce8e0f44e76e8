using System.Net;
using System.Text;

namespace Plura.Messaging;

/// <summary>Finds the addresses in a letter's HTML (links, images) and lets them be replaced, touching nothing else.</summary>
public static class HtmlAddresses
{
    /// <param name="replace">Gets the element, the attribute and the address; answers what stands there instead, or null to leave it.</param>
    public static string Map(string html, Func<string, string, string, string?> replace)
    {
        var result = new StringBuilder(html.Length + 256);
        var copied = 0;
        var position = 0;
        while (position < html.Length)
        {
            if (LiquidTags.StartsAt(html, position))
            {
                position = LiquidTags.End(html, position);
            }
            else if (string.CompareOrdinal(html, position, "<!--", 0, 4) == 0)
            {
                var end = html.IndexOf("-->", position, StringComparison.Ordinal);
                position = end < 0 ? html.Length : end + 3;
            }
            else if (html[position] == '<' && position + 1 < html.Length && char.IsAsciiLetter(html[position + 1]))
            {
                position = Tag(html, position, replace, result, ref copied);
            }
            else
            {
                position++;
            }
        }

        return result.Append(html, copied, html.Length - copied).ToString();
    }

    private static int Tag(string html, int position, Func<string, string, string, string?> replace, StringBuilder result, ref int copied)
    {
        var start = ++position;
        while (position < html.Length && (char.IsAsciiLetterOrDigit(html[position]) || html[position] is '-' or ':'))
            position++;
        var element = html[start..position].ToLowerInvariant();
        var attribute = "";
        while (position < html.Length && html[position] != '>')
        {
            if (LiquidTags.StartsAt(html, position))
            {
                position = LiquidTags.End(html, position);
            }
            else if (html[position] is '"' or '\'')
            {
                var quote = html[position];
                var from = position + 1;
                var to = Close(html, from, quote);
                if (attribute is "href" or "src" or "background" && !LiquidTags.Any(html[from..to])
                    && replace(element, attribute, WebUtility.HtmlDecode(html[from..to]).Trim()) is { } replacement)
                {
                    result.Append(html, copied, from - copied).Append(replacement);
                    copied = to;
                }

                (position, attribute) = (Math.Min(to + 1, html.Length), "");
            }
            else if (char.IsAsciiLetter(html[position]))
            {
                start = position;
                while (position < html.Length && (char.IsAsciiLetterOrDigit(html[position]) || html[position] is '-' or ':' or '_'))
                    position++;
                attribute = html[start..position].ToLowerInvariant();
            }
            else
            {
                position++;
            }
        }

        return position;
    }

    private static int Close(string html, int position, char quote)
    {
        while (position < html.Length && html[position] != quote)
            position = LiquidTags.StartsAt(html, position) ? LiquidTags.End(html, position) : position + 1;
        return position;
    }
}
