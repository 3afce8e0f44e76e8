using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Tests.Architecture;

/// <summary>A form as a page showed it to somebody.</summary>
/// <param name="Page">The page's component.</param>
/// <param name="Browser">Who saw it.</param>
/// <param name="Form">As it stood there.</param>
/// <param name="Target">Where it posts to.</param>
internal sealed partial record PageForm(string Page, Browser Browser, IHtmlFormElement Form, string Target)
{
    /// <summary>The name under which the page's own handler waits for it; null where another endpoint answers.</summary>
    public string? Handler => Form.QuerySelector("input[name=_handler]")?.GetAttribute("value");

    /// <summary>Page and form without the ids of things; for an endpoint its address without them.</summary>
    public string Name => Handler is { } handler ? $"{Page} {EndOfName().Replace(handler, "")}" : "POST " + AnyId().Replace(Target.Split('?')[0], "{id}");

    /// <summary>What takes away what later forms need comes last.</summary>
    public bool TakesAway => Destroys().IsMatch(Name);

    public HttpContent Content(bool token) =>
        new FilledForm(Form, token ? new Dictionary<string, object?>(StringComparer.Ordinal) : new Dictionary<string, object?>(StringComparer.Ordinal) { ["__RequestVerificationToken"] = null }, null).Content();

    /// <summary>A form for each thing of a list bears the thing's id.</summary>
    [GeneratedRegex(@"-([0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|[A-Za-z0-9_-]{22,})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EndOfName();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, 1000)]
    private static partial Regex AnyId();

    [GeneratedRegex("delete|remove|close|leave|revoke|sign-out|end-|turn-off|take|drop|disconnect|withdraw|not-me|stop|password", RegexOptions.None, 1000)]
    private static partial Regex Destroys();
}

/// <summary>Every form that posts something, found by looking at every page: nobody lists them.</summary>
internal static class PageForms
{
    public static async Task<List<PageForm>> Of(PluraApp app, LivedIn home, params Browser[] browsers)
    {
        var found = new Dictionary<(Browser, string, string), PageForm>();
        foreach (var endpoint in EndpointRules.Ours(app.Services.GetRequiredService<EndpointDataSource>()))
        {
            if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.Name is not { } page || EndpointRules.Pattern(endpoint).StartsWith("/dev/", StringComparison.Ordinal))
                continue;
            foreach (var path in home.Paths(endpoint))
            {
                foreach (var browser in browsers)
                {
                    // One that leads elsewhere has no form of its own.
                    var shown = await browser.Page(await browser.Send(HttpMethod.Get, path, follow: false));
                    foreach (var form in shown.Document.QuerySelectorAll<IHtmlFormElement>("form").Where(f => string.Equals(f.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase)))
                    {
                        var action = form.GetAttribute("action");
                        var one = new PageForm(page, browser, form, string.IsNullOrEmpty(action) ? path : new Uri(shown.Url, action).PathAndQuery);
                        // Its script says where it goes, and other forms of the thing go there too.
                        if (one.Handler is null && one.Target.Split('?')[0] == path.Split('?')[0])
                            continue;
                        // The frame's forms stand on every page.
                        found.TryAdd((browser, one.Name, one.Handler is null ? "" : path), one);
                    }
                }
            }
        }

        return [.. found.Values.OrderBy(f => f.TakesAway)];
    }
}
