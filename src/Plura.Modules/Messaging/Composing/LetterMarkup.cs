using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Plura.Messaging;

/// <summary>Says what a letter's HTML holds that no mail program runs or no reader can follow: scripts, frames, links without their website.</summary>
internal static class LetterMarkup
{
    private static readonly HashSet<string> Unwanted = new(StringComparer.OrdinalIgnoreCase) { "script", "iframe", "frame", "object", "embed", "applet", "base" };

    /// <summary>The first problem with its line, or null.</summary>
    public static string? Find(string html)
    {
        var document = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true }).ParseDocument(html);
        foreach (var element in document.All)
        {
            if (Problem(element) is { } problem)
                return $"Line {element.SourceReference?.Position.Line ?? 1}: {problem}";
        }

        return null;
    }

    private static string? Problem(IElement element)
    {
        if (Unwanted.Contains(element.LocalName))
            return $"mail programs throw <{element.LocalName}> away, and some throw the letter away with it. Take it out.";
        if (element.LocalName == "meta" && string.Equals(element.GetAttribute("http-equiv"), "refresh", StringComparison.OrdinalIgnoreCase))
            return "a letter cannot lead its reader to another page by itself. Take the refresh out.";
        foreach (var attribute in element.Attributes)
        {
            if (attribute.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase))
                return $"mail programs run no scripts. Take {attribute.LocalName} out of <{element.LocalName}>.";
            if (attribute.LocalName is "href" or "src" or "action" or "background" or "formaction" && Address(element, attribute.LocalName, attribute.Value) is { } problem)
                return problem;
        }

        return null;
    }

    private static string? Address(IElement element, string attribute, string value)
    {
        // Programs skip blanks and control characters inside a scheme, so they are no way around this.
        var url = string.Concat(value.Where(c => !char.IsControl(c))).Trim();
        var colon = url.AsSpan().IndexOfAny(":/?#{");
        var scheme = colon > 0 && url[colon] == ':' ? url[..colon].Trim().ToLowerInvariant() : "";
        if (scheme is "javascript" or "vbscript" or "file" || scheme == "data" && attribute != "src")
            return $"a link cannot begin with “{scheme}:”. Take it out.";
        if (scheme.Length > 0 || url.Length == 0 || url[0] is '#' or '{' || url.StartsWith("//", StringComparison.Ordinal))
            return null;
        var shown = url.Length > 60 ? url[..60] + "…" : url;
        return element.LocalName is "a" or "area"
            ? $"the link “{shown}” does not say on which website it is. Write the whole address, like https://{Likely(url)}."
            : element.LocalName == "img" ? $"the picture “{shown}” does not say on which website it is. Write the whole address, like https://{Likely(url)}." : null;
    }

    private static string Likely(string url) => url.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? url : "example.com/" + url.TrimStart('/', '.');
}
