using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Plura.Platform;

/// <summary>What one event carries: which part of the page, and its markup as it is now.</summary>
public sealed record LiveMessage(string Name, string Html);

/// <summary>
/// <c>GET /a/{account}/live?part=name:key&amp;part=…</c>: one stream per page. Each part is sent once at the start (it may have
/// changed since the page was made) and again whenever its topic rings, four times a second at most.
/// </summary>
public sealed class LiveStream(LiveParts parts, LiveTopics topics, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILoggerFactory logs)
{
    private const int MostParts = 20;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // The browser comes back at once; by then whoever lost the right to look is refused.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/a/{account}/live", (HttpContext http, LiveStream stream) => stream.Open(http.Request.Query["part"], http))
        .RequirePermission("account.use")
        .WithName("Live");

    private IResult Open(IEnumerable<string?> asked, HttpContext http)
    {
        var actor = http.RequestServices.GetRequiredService<Actor>();
        var shown = asked.OfType<string>().Distinct(StringComparer.Ordinal).Take(MostParts).Select(Shown.Read(parts, actor)).OfType<Shown>().ToList();
        if (shown.Count == 0)
            return TypedResults.NoContent();
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(Events(shown, http, http.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<LiveMessage>> Events(List<Shown> shown, HttpContext http, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        stop.CancelAfter(Longest);
        var tenant = http.RequestServices.GetRequiredService<Tenant>().Id;
        using var ear = topics.Listen(tenant, shown.Select(s => s.Topic).Append(Stay.Topic));
        IEnumerable<Shown> due = shown;
        while (!stop.IsCancellationRequested && await MayStay(http, stop.Token))
        {
            foreach (var part in due)
            {
                if (await Render(part, http) is { } html)
                    yield return new SseItem<LiveMessage>(new LiveMessage(part.Name, html), "part");
            }

            if (await Next(ear, stop.Token) is not { } rang)
                yield break;
            if (rang.Count == 0)
                yield return new SseItem<LiveMessage>(new LiveMessage("", ""), "ping");
            due = shown.Where(s => rang.Contains(Ring.Of(tenant, s.Topic))).ToList();
        }
    }

    private async Task<bool> MayStay(HttpContext http, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await http.RequestServices.GetRequiredService<Stay>().Holds(scope.ServiceProvider, ct);
    }

    /// <summary>What rang; empty when it is time for a heartbeat; null when the stream ends.</summary>
    private static async Task<IReadOnlySet<string>?> Next(LiveEar ear, CancellationToken ct)
    {
        try
        {
            await Task.Delay(Pause, TimeProvider.System, ct);
            return await ear.Wait(Heartbeat, ct);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<string?> Render(Shown part, HttpContext http)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var request = http.RequestServices;
        var actor = request.GetRequiredService<Actor>();
        services.GetRequiredService<Tenant>().EnterAs(request.GetRequiredService<Tenant>());
        services.GetRequiredService<Actor>().Become(actor.Kind, actor.Id, actor.Name, actor.Permissions);
        if (actor.OnlyLooks)
            services.GetRequiredService<Actor>().OnlyLook();
        services.GetRequiredService<Viewer>().ReadAs(request.GetRequiredService<Viewer>());
        var root = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/";
        ((IHostEnvironmentNavigationManager)services.GetRequiredService<NavigationManager>()).Initialize(root, root + http.Request.Path.Value!.TrimStart('/'));
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(part.Part.Component, ParameterView.FromDictionary(new Dictionary<string, object?>(part.Parameters, StringComparer.Ordinal)))).ToHtmlString());
    }

    /// <param name="Name">As the page names it: <c>part:key</c>.</param>
    private sealed record Shown(string Name, LivePart Part, string Topic, IReadOnlyDictionary<string, object?> Parameters)
    {
        public static Func<string, Shown?> Read(LiveParts parts, Actor actor) => name =>
        {
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || parts.Find(name[..colon]) is not { } part || !actor.May(part.Permission))
                return null;
            var key = name[(colon + 1)..];
            return part.Parameters(key) is { } parameters ? new Shown(name, part, part.Topic(key), parameters) : null;
        };
    }
}
