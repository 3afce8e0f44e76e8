using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Plura.Platform.Postgres;

namespace Plura.Platform;

/// <summary>How to reach the database: the owner's connection migrates, the app's runs.</summary>
/// <param name="Owner">May become <c>plura_owner</c>.</param>
/// <param name="App">Connects as <c>plura_app</c>, which owns nothing and obeys row security.</param>
/// <param name="Name">The database's name.</param>
/// <param name="AppPassword">Set for the private cluster, whose roles the product makes itself.</param>
public sealed record DatabaseAddress(string Owner, string App, string Name, string? AppPassword)
{
    /// <summary>What a person calls the two connections.</summary>
    public string OwnerSetting => AppPassword is null ? "ConnectionStrings__Plura" : "the private PostgreSQL";

    public string AppSetting => AppPassword is null ? "ConnectionStrings__PluraApp" : "the private PostgreSQL";

    /// <summary>The operator's own server; null where no setting names one.</summary>
    public static DatabaseAddress? Own(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Plura") is not { Length: > 0 } owner)
            return null;
        var app = configuration.GetConnectionString("PluraApp") is { Length: > 0 } given
            ? given
            : throw new PlainException("ConnectionStrings__Plura is set, but ConnectionStrings__PluraApp is not: the running app connects as plura_app, never as the owner.");
        Read(app, "ConnectionStrings__PluraApp");
        return new DatabaseAddress(owner, app, Read(owner, "ConnectionStrings__Plura").Database ?? "plura", AppPassword: null);
    }

    private static NpgsqlConnectionStringBuilder Read(string connection, string setting)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // The text itself is not repeated: it holds a password.
            throw new PlainException($"{setting} cannot be read. It looks like this: Host=db;Database=plura;Username=…;Password=…");
        }
    }
}

public static class Reaching
{
    /// <summary>Opens the first connection; where there is no database, a sentence says so, without a password in it.</summary>
    public static async Task<NpgsqlConnection> Reach(this NpgsqlDataSource database, string setting, CancellationToken ct)
    {
        try
        {
            return await database.OpenConnectionAsync(ct);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or TimeoutException)
        {
            var at = new NpgsqlConnectionStringBuilder(database.ConnectionString);
            var why = error is PostgresException refused ? refused.MessageText : (error.InnerException ?? error).Message;
            throw new PlainException($"The database of {setting} ({at.Host}, port {at.Port}) cannot be reached: {why.TrimEnd('.')}.");
        }
    }
}
