namespace Plura.Messaging;

/// <summary>
/// Reads the HTML of a template once, tag by tag, and answers for any position which encoding is right there.
/// Liquid tags are skipped as one opaque piece.
/// </summary>
public sealed class FieldContexts
{
    private static readonly string[] UrlAttributes = ["href", "src", "action", "background", "cite", "formaction", "poster", "srcset"];
    private static readonly string[] RawElements = ["style", "script", "title", "textarea", "xmp"];

    private readonly List<(int Offset, FieldContext Context, bool InsideTag)> fields = [];

    public FieldContexts(string html) => Scan(html);

    /// <summary>The context of the Liquid tag that covers this position.</summary>
    public FieldContext At(int offset)
    {
        var index = fields.FindLastIndex(f => f.Offset <= offset);
        return index < 0 ? FieldContext.Html : fields[index].Context;
    }

    /// <summary>Whether the Liquid tag that begins here stands inside an HTML tag.</summary>
    public bool InsideTag(int offset) => fields.Exists(f => f.Offset == offset && f.InsideTag);

    private void Scan(string html)
    {
        var position = 0;
        while (position < html.Length)
        {
            if (LiquidTags.StartsAt(html, position))
                position = Note(html, position, FieldContext.Html);
            else if (html[position] == '<')
                position = Tag(html, position);
            else
                position++;
        }
    }

    private int Note(string html, int position, FieldContext context, bool insideTag = false)
    {
        fields.Add((position, context, insideTag));
        return LiquidTags.End(html, position);
    }

    private int Tag(string html, int position)
    {
        if (string.CompareOrdinal(html, position, "<!--", 0, 4) == 0)
            return Until(html, position + 4, "-->", FieldContext.Html);
        var name = position + 1;
        if (name < html.Length && html[name] == '/')
            name++;
        if (name >= html.Length || !(char.IsAsciiLetter(html[name]) || html[name] == '!'))
            return position + 1;

        var end = name;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || html[end] is '!' or '-' or ':'))
            end++;
        var element = html[name..end].ToLowerInvariant();
        var inside = Attributes(html, end);
        var opens = html[position + 1] != '/';
        return opens && Array.IndexOf(RawElements, element) >= 0
            ? Until(html, inside, "</" + element, element is "title" or "textarea" ? FieldContext.Html : FieldContext.Forbidden)
            : inside;
    }

    private int Until(string html, int position, string closing, FieldContext context)
    {
        while (position < html.Length)
        {
            if (LiquidTags.StartsAt(html, position))
                position = Note(html, position, context);
            else if (string.Compare(html, position, closing, 0, closing.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return position + (closing == "-->" ? 3 : 0);
            else
                position++;
        }

        return position;
    }

    private int Attributes(string html, int position)
    {
        var name = "";
        while (position < html.Length && html[position] != '>')
        {
            if (LiquidTags.StartsAt(html, position))
            {
                // A condition around a whole attribute is harmless; a printed value is not.
                position = Note(html, position, FieldContext.Forbidden, insideTag: true);
            }
            else if (char.IsAsciiLetter(html[position]))
            {
                var start = position;
                while (position < html.Length && (char.IsAsciiLetterOrDigit(html[position]) || html[position] is '-' or ':' or '_'))
                    position++;
                name = html[start..position].ToLowerInvariant();
            }
            else if (html[position] is '"' or '\'')
            {
                position = Value(html, position + 1, html[position], name);
                name = "";
            }
            else
            {
                position++;
            }
        }

        return Math.Min(position + 1, html.Length);
    }

    private int Value(string html, int position, char quote, string attribute)
    {
        var url = Array.IndexOf(UrlAttributes, attribute) >= 0;
        var (start, query) = (true, false);
        while (position < html.Length && html[position] != quote)
        {
            if (LiquidTags.StartsAt(html, position))
            {
                position = Note(html, position, attribute == "style" ? FieldContext.Style
                    : !url ? FieldContext.Html
                    : start ? FieldContext.UrlStart
                    : query ? FieldContext.UrlQuery : FieldContext.UrlPath, insideTag: true);
                start = false;
                continue;
            }

            query |= html[position] is '?' or '#';
            start &= char.IsWhiteSpace(html[position]);
            position++;
        }

        return position + 1;
    }
}
