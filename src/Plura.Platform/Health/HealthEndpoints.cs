using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Plura.Platform;

/// <summary>
/// Two questions that a service manager or a load balancer asks. <c>/health</c>: does the process live? <c>/ready</c>: may it be given
/// requests? Both pass by everything that could ask the database, so that the first is answered even without one.
/// </summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseIsReady>("database", HealthStatus.Unhealthy, tags: [], Patience)
        .AddCheck<WorkersRun>("workers");

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/health", _ => false, "lives").WithName("Health").Public("Who restarts the process has no account; it says only that it lives.");
        Map(routes, "/ready", _ => true, "ready").WithName("Ready").Public("Who sends it requests has no account; it says only whether it can take them.");
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, string path, Func<HealthCheckRegistration, bool> which, string word) => routes
        .MapHealthChecks(path, new HealthCheckOptions { Predicate = which, ResponseWriter = (http, report) => Answer(http, report, word) })
        .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
        .ShortCircuit();

    private static Task Answer(HttpContext http, HealthReport report, string word)
    {
        http.Response.ContentType = "application/json";
        // Only what our own checks say: an exception's text may name hosts and users.
        var reasons = report.Entries.Values.Where(e => e.Status != HealthStatus.Healthy)
            .Select(e => string.Equals(e.Description, e.Exception?.Message, StringComparison.Ordinal) ? "A check could not be made; the log says why." : e.Description);
        object answer = report.Status == HealthStatus.Healthy ? new { status = word } : new { status = "not " + word, reasons };
        return http.Response.WriteAsync(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web), http.RequestAborted);
    }
}
