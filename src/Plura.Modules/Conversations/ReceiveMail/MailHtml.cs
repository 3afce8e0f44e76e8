using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace Plura.Conversations;

/// <summary>
/// HTML that a stranger sent: as text that people read, and cleaned of scripts, forms and everything that loads from elsewhere. What is too
/// long or too deep to be looked through is kept as text only.
/// </summary>
public sealed record MailHtml(string Text, string? Clean)
{
    private const int LongestRead = 2_000_000;
    private const int LongestKept = 200_000;
    private const int Deepest = 200;
    private const int DeepestRead = 2_000;

    private static readonly HashSet<string> Alone = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "source", "td", "th", "tr", "wbr",
    };

    private static readonly HashSet<string> Skipped = new(StringComparer.OrdinalIgnoreCase) { "head", "style", "script", "title", "template", "noscript", "svg", "math" };
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul",
    };

    public static MailHtml Read(string html)
    {
        if (html.Length > LongestRead)
            html = html[..LongestRead];
        if (TooDeep(html))
            return new MailHtml(WithoutTags(html), null);
        var document = new HtmlParser().ParseDocument(html);
        var (text, depth) = document.Body is { } body ? Walk(body) : ("", 0);
        return new MailHtml(text, html.Length <= LongestKept && depth <= Deepest ? Sanitize(html) : null);
    }

    /// <summary>
    /// Whether more elements are open inside each other than any letter has: reading such a page costs the square of its depth, so it is not
    /// begun. What closes by itself does not count.
    /// </summary>
    private static bool TooDeep(string html)
    {
        var depth = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            if (html[at + 1] == '/')
                depth = Math.Max(0, depth - 1);
            else if (char.IsAsciiLetter(html[at + 1]) && !Alone.Contains(Name(html, at + 1)) && ++depth > DeepestRead)
                return true;
        }

        return false;
    }

    private static string Name(string html, int start)
    {
        var end = start;
        while (end < html.Length && end - start < 20 && char.IsAsciiLetterOrDigit(html[end]))
            end++;
        return html[start..end];
    }

    private static string WithoutTags(string html)
    {
        var text = new StringBuilder();
        var inside = false;
        foreach (var c in html)
        {
            if (c is '<' or '>')
                inside = c == '<';
            else if (!inside)
                text.Append(c);
        }

        return WebUtility.HtmlDecode(text.ToString()).Trim();
    }

    /// <summary>Without recursion: a hundred thousand elements inside each other are a mail that somebody sends.</summary>
    private static (string Text, int Depth) Walk(INode root)
    {
        var text = new StringBuilder();
        var (depth, deepest) = (0, 0);
        var node = root.FirstChild;
        while (node is not null)
        {
            var skip = node is IElement element && Skipped.Contains(element.LocalName);
            if (!skip)
                Enter(text, node);
            if (!skip && node.FirstChild is { } child)
            {
                (node, depth) = (child, depth + 1);
                deepest = Math.Max(deepest, depth);
                continue;
            }

            while (node is not null && node.NextSibling is null)
            {
                node = node.Parent == root ? null : node.Parent;
                depth--;
                if (node is IElement left && Blocks.Contains(left.LocalName))
                    Break(text);
            }

            node = node?.NextSibling;
        }

        return (text.ToString().Trim(), deepest);
    }

    private static void Enter(StringBuilder text, INode node)
    {
        switch (node)
        {
            case IText { Data: var data }:
                Words(text, data);
                break;
            case IElement { LocalName: "br" }:
                text.Append('\n');
                break;
            case IElement { LocalName: "blockquote" }:
                Break(text);
                text.Append("> ");
                break;
            case IElement { LocalName: "li" }:
                Break(text);
                text.Append("* ");
                break;
            case IElement { LocalName: "td" or "th" }:
                Words(text, " ");
                break;
            case IElement element when Blocks.Contains(element.LocalName):
                Break(text);
                break;
        }
    }

    private static void Words(StringBuilder text, string data)
    {
        foreach (var c in data)
        {
            if (!char.IsWhiteSpace(c))
                text.Append(c);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
                text.Append(' ');
        }
    }

    private static void Break(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
            text.Length--;
        if (text.Length > 0 && text[^1] != '\n')
            text.Append('\n');
    }

    private static string Sanitize(string html)
    {
        var sanitizer = new HtmlSanitizer();
        foreach (var tag in (string[])["form", "input", "button", "select", "option", "textarea", "fieldset", "label"])
            sanitizer.AllowedTags.Remove(tag);
        sanitizer.AllowedSchemes.Clear();
        foreach (var scheme in (string[])["http", "https", "mailto", "tel"])
            sanitizer.AllowedSchemes.Add(scheme);
        return sanitizer.Sanitize(html);
    }
}
