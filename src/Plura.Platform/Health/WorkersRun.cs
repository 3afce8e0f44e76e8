using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Plura.Platform;

/// <summary>Everything that runs beside the requests has started and goes on. In a host without the worker's role the workers are not registered, and nobody misses them.</summary>
public sealed class WorkersRun(IEnumerable<IHostedService> services, Node node) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var idle = services.OfType<IWorker>().Where(w => w.ExecuteTask is not { IsCompleted: false }).ToList();
        return Task.FromResult((idle, node.HasStarted) switch
        {
            ([], true) => HealthCheckResult.Healthy(),
            ([], false) => HealthCheckResult.Unhealthy("This process is still starting."),
            _ => HealthCheckResult.Unhealthy("Work in the background does not run: " + string.Join(", ", idle.Select(w => w.GetType().Name)) + "."),
        });
    }
}
