using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Browser;

/// <summary>Every page of the product by its route, and one address for each as a person finds it: by following links.</summary>
public sealed class Sitemap
{
    private readonly List<(RouteEndpoint Endpoint, TemplateMatcher Matcher)> pages;

    public Sitemap(IServiceProvider services) => pages =
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .OrderBy(e => e.RoutePattern.InboundPrecedence)
            .Select(e => (e, new TemplateMatcher(TemplateParser.Parse(e.RoutePattern.RawText!.TrimStart('/')), []))),
    ];

    /// <summary>Every page of an area, by the beginnings of its addresses.</summary>
    public IEnumerable<string> Names(Func<string, bool> area) => pages.Where(p => area("/" + p.Endpoint.RoutePattern.RawText!.TrimStart('/').ToLowerInvariant())).Select(p => Name(p.Endpoint)).Distinct(StringComparer.Ordinal);

    /// <summary>Which page an address shows, or null where it is none of ours.</summary>
    public string? Match(string path)
    {
        foreach (var (endpoint, matcher) in pages)
        {
            if (matcher.TryMatch(new PathString(path), []))
                return Name(endpoint);
        }

        return null;
    }

    /// <summary>Follows links from the starting addresses, as far as they begin as asked; answers one address for each page found, while the visitor stands on it.</summary>
    public async IAsyncEnumerable<(string Name, string Path)> Crawl(Visitor visitor, string within, params string[] starts)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(starts);
        while (waiting.TryDequeue(out var path))
        {
            if (!path.StartsWith(within, StringComparison.Ordinal) || Match(path.Split('?')[0]) is not { } name || !found.Add(name))
                continue;
            await visitor.Go(path);
            foreach (var link in await visitor.Page.EvalOnSelectorAllAsync<string[]>("a[href]", "all => all.filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"))
                waiting.Enqueue(link);
            yield return (name, path);
        }
    }

    private static string Name(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()!.Type.Name;
}
