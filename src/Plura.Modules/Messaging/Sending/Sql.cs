using Npgsql;
using NpgsqlTypes;

namespace Plura.Messaging;

/// <summary>Short ways to write positional parameters; arrays go as one parameter each.</summary>
internal static class Sql
{
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
        return command;
    }

    public static NpgsqlCommand Command(this NpgsqlConnection connection, string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>Enters a tenant until the open transaction ends.</summary>
    public static void Enter(this NpgsqlBatch batch, Guid tenantId) =>
        batch.Add("select set_config('plura.tenant_id', $1, true)", Of(tenantId.ToString()));

    public static NpgsqlParameter Of<T>(T value) where T : notnull => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter Or(DateTimeOffset? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Or(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Or(int? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer };
}
