using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Plura.Tests;

/// <summary>A page as it was answered: its document, its forms, its text.</summary>
public sealed class WebPage(Browser browser, HttpStatusCode status, Uri url, string html, IHtmlDocument document)
{
    public HttpStatusCode Status => status;

    public Uri Url => url;

    public string Html => html;

    public IHtmlDocument Document => document;

    /// <summary>What a person reads: the body's text, blanks folded.</summary>
    public string Text => string.Join(' ', (document.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The one element; throws with the page's text where there is none.</summary>
    public IElement Find(string selector) =>
        document.QuerySelector(selector) ?? throw new InvalidOperationException($"Nothing matches {selector} on {url.PathAndQuery} ({(int)status}): {Text}");

    public IEnumerable<string> All(string selector) => document.QuerySelectorAll(selector).Select(e => e.TextContent.Trim());

    /// <summary>Follows the link with this text.</summary>
    public Task<WebPage> Click(string text)
    {
        var link = document.QuerySelectorAll<IHtmlAnchorElement>("a").FirstOrDefault(a => a.TextContent.Contains(text, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No link says '{text}' on {url.PathAndQuery}: {Text}");
        return browser.Get(new Uri(url, link.GetAttribute("href")).PathAndQuery);
    }

    /// <summary>
    /// Fills the form and posts it with everything it holds (antiforgery token, hidden fields, chosen options). A field is named in
    /// full or by its last part: <c>Email</c> finds <c>Command.Email</c>. Null leaves a checkbox or a field out.
    /// </summary>
    /// <param name="form">A selector of the form, or of anything in it; null where the page's main part has only one.</param>
    /// <param name="fields">An anonymous object or a dictionary of texts, booleans, or <see cref="UploadedFile"/>.</param>
    /// <param name="button">The text of the button to press, where its name and value count.</param>
    public async Task<WebPage> Submit(string? form, object fields, string? button = null)
    {
        var found = Find(form ?? "main form, form");
        var element = found as IHtmlFormElement ?? found.Closest("form") as IHtmlFormElement ?? throw new InvalidOperationException($"{form} is in no form.");
        var filled = new FilledForm(element, fields, button);
        var target = new Uri(url, string.IsNullOrEmpty(element.GetAttribute("action")) ? url.PathAndQuery : element.GetAttribute("action"));
        return string.Equals(element.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase)
            ? await browser.Page(await browser.Send(HttpMethod.Post, target.PathAndQuery, filled.Content()))
            : await browser.Get(target.AbsolutePath + filled.Query());
    }
}

/// <summary>A file chosen in a form's file field.</summary>
public sealed record UploadedFile(string Name, byte[] Bytes, string ContentType = "text/csv");
