using System.Net;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>
/// The letter as one template each for subject, HTML and plain text: wrapped into a document, with its hidden preview, the
/// footer that the law asks for, absolute addresses and, for marketing, links that lead through us.
/// </summary>
public sealed record LetterSource(string Subject, string Html, string Text, bool HasPostalAddress, bool HasUnsubscribe)
{
    /// <summary>Marks the footer of a letter that is already complete (a test letter).</summary>
    private const string FooterClass = "plura-footer";

    private const string PreviewClass = "plura-preview";

    /// <param name="content">What was written.</param>
    /// <param name="account">Who sends it.</param>
    /// <param name="publicUrl">What relative addresses are relative to.</param>
    /// <param name="tracked">Link targets and their numbers; links that are not in it stay as they are. Null: the letter is only looked at, and nothing in it counts.</param>
    public static LetterSource Of(LetterContent content, MergeAccount account, string publicUrl, IReadOnlyDictionary<string, int>? tracked)
    {
        var marketing = Marketing(content);
        var html = Document(LiquidTags.Decode(content.Html));
        var address = account.PostalAddress is { Length: > 0 };
        var footer = Footer(html, marketing, address, Reach(account));
        html = BeforeBodyEnds(html, footer);
        html = AfterBodyBegins(html, Preview(content.Preview));
        html = HtmlAddresses.Map(html, (_, _, url) => Absolute(url, publicUrl) is { } absolute ? WebUtility.HtmlEncode(absolute) : null);
        var text = PlainText.Of(html, PreviewClass);
        if (tracked is null)
            return new LetterSource(LiquidTags.Decode(content.Subject), html, text, address, marketing);
        html = HtmlAddresses.Map(html, (element, attribute, url) =>
            element is "a" or "area" && attribute == "href" && tracked.TryGetValue(url, out var number)
                ? $"{{{{ {LetterLinks.Variable}.{LetterLinks.Name(number)} }}}}" : null);
        if (marketing)
            html = BeforeBodyEnds(html, $"<a href=\"{{{{ {LetterLinks.Variable}.{LetterLinks.Decoy} }}}}\" style=\"display:none\" aria-hidden=\"true\" tabindex=\"-1\"></a><img src=\"{{{{ {LetterLinks.Variable}.{LetterLinks.Open} }}}}\" width=\"1\" height=\"1\" alt=\"\" style=\"border:0\">");
        return new LetterSource(LiquidTags.Decode(content.Subject), html, text, address, marketing);
    }

    /// <summary>Where the letter's links lead, each once, in the order in which they stand.</summary>
    public static IReadOnlyList<string> Targets(LetterContent content, string publicUrl)
    {
        var targets = new List<string>();
        if (Marketing(content))
        {
            HtmlAddresses.Map(content.Html, (element, attribute, url) =>
            {
                var absolute = Absolute(url, publicUrl) ?? url;
                if (element is "a" or "area" && attribute == "href" && IsWeb(absolute) && !targets.Contains(absolute, StringComparer.Ordinal))
                    targets.Add(absolute);
                return null;
            });
        }

        return targets;
    }

    /// <summary>The same letter for the eyes of its writer: nothing is counted, and the links that act lead to a page that says so.</summary>
    public static LetterContent Test(LetterContent content, string publicUrl)
    {
        var html = Document(LiquidTags.Decode(content.Html));
        var marketing = Marketing(content);
        if (marketing)
            html = BeforeBodyEnds(html, Footer(html, marketing, address: true, reach: ""));
        html = LiquidTags.Map(
            html,
            tag => tag.Contains("unsubscribe_url", StringComparison.Ordinal) ? publicUrl + "/u/test" : tag.Contains("preferences_url", StringComparison.Ordinal) ? publicUrl + "/p/test" : tag,
            between => between);
        return content with { Subject = "[Test] " + content.Subject, Html = html, Category = Categories.Transactional };
    }

    public static bool Marketing(LetterContent content) => string.Equals(content.Category, Categories.Marketing, StringComparison.Ordinal);

    public static bool IsWeb(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;

    private static string? Absolute(string url, string publicUrl)
    {
        if (url.Length == 0 || url[0] == '#' || url.StartsWith("//", StringComparison.Ordinal))
            return url.StartsWith("//", StringComparison.Ordinal) ? "https:" + url : null;
        if (Uri.TryCreate(url, UriKind.Absolute, out var whole) && !(whole.Scheme == "file" && url[0] == '/'))
            return null;
        return Uri.TryCreate(new Uri(publicUrl + "/"), url, out var absolute) ? absolute.AbsoluteUri : null;
    }

    private static string Document(string html)
    {
        if (html.Contains("<body", StringComparison.OrdinalIgnoreCase))
            return html;
        if (html.Contains("<html", StringComparison.OrdinalIgnoreCase))
            return html;
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            </head>
            <body style="margin:0;padding:0">
            <div style="max-width:600px;margin:0 auto;padding:24px 20px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.55">
            {{html}}
            </div>
            </body>
            </html>

            """;
    }

    /// <summary>The line by which readers reach the business otherwise, as far as it gave anything.</summary>
    private static string Reach(MergeAccount account)
    {
        IEnumerable<string> given = [.. account.Phone is { Length: > 0 } ? ["{{ account.phone }}"] : (string[])[], .. account.Website is { Length: > 0 } ? ["{{ account.website }}"] : (string[])[]];
        return string.Join(" &nbsp;·&nbsp; ", given) is { Length: > 0 } line ? "<br>" + line : "";
    }

    private static string Footer(string html, bool marketing, bool address, string reach)
    {
        if (!marketing && html.Contains(FooterClass, StringComparison.Ordinal))
            return "";
        var lines = new List<string>();
        if (address && !html.Contains("account.postal_address", StringComparison.Ordinal))
            lines.Add("{{ account.name }}<br>{{ account.postal_address }}" + reach);
        var links = new List<string>();
        if (marketing && !html.Contains("unsubscribe_url", StringComparison.Ordinal))
            links.Add("""<a href="{{ unsubscribe_url }}" style="color:inherit">Unsubscribe</a>""");
        if (marketing && !html.Contains("preferences_url", StringComparison.Ordinal))
            links.Add("""<a href="{{ preferences_url }}" style="color:inherit">Choose what you get</a>""");
        if (links.Count > 0)
            lines.Add(string.Join(" &nbsp;·&nbsp; ", links));
        return lines.Count == 0 ? "" : $"""
            <div class="{FooterClass}" style="max-width:600px;margin:24px auto 0;padding:16px 20px 24px;border-top:1px solid #d5d9de;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:13px;line-height:1.5;color:#667382">
            {string.Join("\n", lines.Select(line => $"<p style=\"margin:0 0 8px\">{line}</p>"))}
            </div>

            """;
    }

    private static string Preview(string? preview)
    {
        if (string.IsNullOrWhiteSpace(preview))
            return "";
        var text = LiquidTags.Map(LiquidTags.Decode(preview), tag => tag, between => WebUtility.HtmlEncode(between));
        // The blanks behind it keep the first words of the body out of the inbox's preview line.
        return $"<div class=\"{PreviewClass}\" style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">{text}{string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 30))}</div>";
    }

    private static string BeforeBodyEnds(string html, string piece)
    {
        var at = html.LastIndexOf("</body", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            at = html.LastIndexOf("</html", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? html + piece : html.Insert(at, piece);
    }

    private static string AfterBodyBegins(string html, string piece)
    {
        var body = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        var at = body < 0 ? -1 : html.IndexOf('>', body);
        return piece.Length == 0 ? html : at < 0 ? piece + html : html.Insert(at + 1, piece);
    }
}
