using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Plura.Messaging;

/// <summary>
/// Makes the plain-text part from the HTML template, fields and conditions included, once per letter: paragraphs, headings,
/// lists, and links with their address in brackets.
/// </summary>
public static class PlainText
{
    private const char Open = '\ue000';
    private const char Close = '\ue001';
    private static readonly HashSet<string> Skipped = new(StringComparer.OrdinalIgnoreCase) { "head", "style", "script", "title", "template", "noscript" };
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "center", "div", "dl", "dt", "dd", "fieldset", "figure", "figcaption", "footer", "form",
        "header", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "thead", "tr", "ul",
    };

    /// <param name="hiddenClass">What carries this class stays out.</param>
    public static string Of(string html, string hiddenClass)
    {
        var text = Convert(html, hiddenClass, keepInstructions: true);
        // An instruction that began in something that has no text (a style sheet) would now lack its end.
        return TemplateProblems.Find(text, html: false) is null ? text : Convert(html, hiddenClass, keepInstructions: false);
    }

    private static string Convert(string html, string hiddenClass, bool keepInstructions)
    {
        var contexts = new FieldContexts(html);
        var tags = new List<string>();
        var offset = 0;
        var marked = LiquidTags.Map(
            html,
            tag =>
            {
                var inside = contexts.InsideTag(offset);
                offset += tag.Length;
                if (!keepInstructions && tag.StartsWith("{%", StringComparison.Ordinal))
                    return "";
                tags.Add(tag);
                var mark = $"{Open}{(tags.Count - 1).ToString(CultureInfo.InvariantCulture)}{Close}";
                // A comment, because text between table rows would be moved out of the table.
                return inside ? mark : $"<!--{mark}-->";
            },
            between =>
            {
                offset += between.Length;
                return between;
            });

        var writer = new Writer(hiddenClass);
        var document = new HtmlParser().ParseDocument(marked);
        if (document.Body is { } body)
            writer.Children(body);
        return Restore(writer.ToString(), tags);
    }

    private static string Restore(string text, List<string> tags)
    {
        var result = new StringBuilder(text.Length + 64);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != Open || text.IndexOf(Close, i) is not (> 0 and var end))
            {
                result.Append(text[i]);
                continue;
            }

            result.Append(tags[int.Parse(text.AsSpan(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture)]);
            i = end;
        }

        return result.ToString();
    }

    private sealed class Writer(string hiddenClass)
    {
        private readonly StringBuilder text = new();
        private int breaks;
        private bool space;
        private int depth;

        public void Children(INode node)
        {
            foreach (var child in node.ChildNodes)
                Node(child);
        }

        private void Node(INode node)
        {
            switch (node)
            {
                case IText data:
                    Words(data.Data);
                    break;
                case IComment { Data: var mark } when mark.Length > 2 && mark[0] == Open:
                    Put(mark);
                    break;
                case IElement element when !Skipped.Contains(element.LocalName) && !element.ClassList.Contains(hiddenClass):
                    Element(element);
                    break;
            }
        }

        private void Element(IElement element)
        {
            switch (element.LocalName)
            {
                case "br":
                    Break(breaks + 1);
                    break;
                case "hr":
                    Break(2);
                    Put("----------");
                    Break(2);
                    break;
                case "img":
                    Words(element.GetAttribute("alt") ?? "");
                    break;
                case "a":
                    Link(element);
                    break;
                case "li":
                    Break(1);
                    Put(new string(' ', Math.Max(0, depth - 1) * 2) + Bullet(element));
                    Children(element);
                    Break(1);
                    break;
                case "td" or "th":
                    space = true;
                    Children(element);
                    space = true;
                    break;
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    Heading(element);
                    break;
                case var name when Blocks.Contains(name):
                    Block(element, name);
                    break;
                default:
                    Children(element);
                    break;
            }
        }

        private void Block(IElement element, string name)
        {
            var list = name is "ul" or "ol";
            var gap = name is "p" or "table" or "blockquote" or "pre" || (list && depth == 0) ? 2 : 1;
            depth += list ? 1 : 0;
            Break(gap);
            Children(element);
            Break(gap);
            depth -= list ? 1 : 0;
        }

        private void Heading(IElement element)
        {
            Break(2);
            var start = text.Length;
            Children(element);
            var written = text.ToString(start, text.Length - start).Trim();
            if (written.Length == 0)
                return;
            Break(1);
            Put(new string(element.LocalName == "h1" ? '=' : '-', Math.Clamp(written.Length, 3, 60)));
            Break(2);
        }

        private void Link(IElement element)
        {
            var start = text.Length;
            Children(element);
            var written = text.ToString(Math.Min(start, text.Length), Math.Max(0, text.Length - start)).Trim();
            var href = element.GetAttribute("href")?.Trim() ?? "";
            if (href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || href.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
                href = href[(href.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (href.Length == 0 || href[0] == '#' || written == href || href == written + "/")
                return;
            space = written.Length > 0 || space;
            Put(written.Length > 0 ? $"({href})" : href);
        }

        private static string Bullet(IElement item) => item.ParentElement is { LocalName: "ol" } list
            ? (1 + list.Children.Where(c => c.LocalName == "li").ToList().IndexOf(item)).ToString(CultureInfo.InvariantCulture) + ". "
            : "* ";

        private void Words(string data)
        {
            foreach (var c in data)
            {
                if (char.IsWhiteSpace(c) || c is '\u200c' or '\u034f')
                    space = true;
                else
                    Put(c);
            }
        }

        private void Put(string piece)
        {
            Gap();
            text.Append(piece);
            if (piece.EndsWith(' '))
                space = false;
        }

        private void Put(char c)
        {
            Gap();
            text.Append(c);
        }

        private void Gap()
        {
            if (text.Length > 0 && breaks > 0)
                text.Append('\n', Math.Min(breaks, 2));
            else if (space && text.Length > 0 && text[^1] is not ' ')
                text.Append(' ');
            (breaks, space) = (0, false);
        }

        private void Break(int count) => (breaks, space) = (Math.Max(breaks, count), false);

        public override string ToString() => text.Append('\n').ToString();
    }
}
