using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Plura.Platform;

/// <summary>The database answers, is at this version, and the keys it was written with are here.</summary>
public sealed class DatabaseIsReady(PluraDb db, KeyNames keys) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                return HealthCheckResult.Unhealthy("The database is not at this version: run bin/plura migrate.");
            return await keys.Wrong((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken) is { } wrong
                ? HealthCheckResult.Unhealthy(wrong)
                : HealthCheckResult.Healthy();
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or TimeoutException or OperationCanceledException or InvalidOperationException { InnerException: NpgsqlException })
        {
            // The reason is for anyone who asks; what PostgreSQL said stands in the log.
            return HealthCheckResult.Unhealthy("The database does not answer.", error);
        }
    }
}
