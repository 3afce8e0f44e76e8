using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Plura.Platform;

/// <summary>
/// Third lock, our half: writes the tenant into the session when a connection opens, so that row security sees it.
/// Npgsql resets the session when the connection returns to the pool, so no tenant outlives its scope.
/// </summary>
public sealed class TenantConnections(Tenant tenant) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (tenant.Current is not { } id)
            return;
        using var command = Set((NpgsqlConnection)connection, id, tenant.Assignees);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (tenant.Current is not { } id)
            return;
        await using var command = Set((NpgsqlConnection)connection, id, tenant.Assignees);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The command that enters a tenant on an open connection; hot paths put it in their own batch.</summary>
    /// <param name="connection">An open one.</param>
    /// <param name="tenantId">The account.</param>
    /// <param name="assignees">Whose contacts are seen; null for everybody's.</param>
    public static NpgsqlCommand Set(NpgsqlConnection connection, Guid tenantId, IReadOnlyList<Guid>? assignees = null)
    {
        var command = connection.CreateCommand();
        command.CommandText = "select set_config('plura.tenant_id', $1, false), set_config('plura.assignees', $2, false), set_config('role', $3, false)";
        command.Parameters.Add(new NpgsqlParameter { Value = tenantId.ToString() });
        command.Parameters.Add(new NpgsqlParameter { Value = string.Join(',', assignees ?? []) });
        // The policies "assigned" are written for this role alone: nobody else pays for them.
        command.Parameters.Add(new NpgsqlParameter { Value = assignees is null ? "none" : "plura_narrow" });
        return command;
    }
}
