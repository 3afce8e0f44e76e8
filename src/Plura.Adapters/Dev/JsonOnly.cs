using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Plura.Adapters;

/// <summary>Lets an endpoint answer an address only for those who ask for JSON, and a page answer it for everyone else.</summary>
public sealed class JsonOnly : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => -1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(e => e.Metadata.GetMetadata<Mark>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var json = httpContext.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Endpoint?.Metadata.GetMetadata<Mark>() is not null && !json)
                candidates.SetValidity(i, false);
        }

        return Task.CompletedTask;
    }

    public sealed class Mark;
}

public static class JsonOnlyEndpoints
{
    public static void AddJsonOnly(this IServiceCollection services) => services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, JsonOnly>());

    public static RouteHandlerBuilder AsJsonOnly(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new JsonOnly.Mark()).WithOrder(-1);
}
