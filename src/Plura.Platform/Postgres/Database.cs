using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Plura.Platform;

/// <summary>Brings the database to this version: roles, prelude, migrations, then each module's repeatable scripts.</summary>
public sealed class Database(DatabaseAddress address, ModelParts parts, KeyFiles keys, IServiceScopeFactory scopes)
{
    public async Task Migrate(CancellationToken ct)
    {
        await using var owner = NpgsqlDataSource.Create(address.Owner);
        await using (var connection = await owner.OpenConnectionAsync(ct))
        {
            await Execute(connection, "select pg_advisory_lock(20557)", ct);
            await Roles(connection, ct);
            await Execute(connection, Script(typeof(Database).Assembly, "Postgres/prelude.sql"), ct);
            await Tables(ct);
            foreach (var assembly in parts.Assemblies)
            {
                foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains("/Data/", StringComparison.Ordinal) && n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
                    await Repeat(connection, name, Script(assembly, name), ct);
            }

            await Execute(connection, "select pg_advisory_unlock(20557)", ct);
        }

        await KeysAreWhole(ct);
    }

    /// <summary>Refuses the start when the database was written with a key that the keys folder no longer has.</summary>
    public async Task KeysAreWhole(CancellationToken ct)
    {
        await using var owner = NpgsqlDataSource.Create(address.Owner);
        await using var connection = await owner.OpenConnectionAsync(ct);
        await using (var known = new NpgsqlCommand("select name, fingerprint from platform.key_name", connection))
        await using (var reader = await known.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var name = reader.GetString(0);
                if (!keys.Exists(name))
                    throw new Postgres.PlainException($"The key '{name}' is missing from the keys folder. What it protects cannot be read without it: restore the folder from your backup.");
                if (!string.Equals(Fingerprint(keys.Get(name)), reader.GetString(1), StringComparison.Ordinal))
                    throw new Postgres.PlainException($"The key '{name}' in the keys folder is not the one this database was written with. Restore the right folder from your backup.");
            }
        }

        foreach (var name in KeyFiles.Names)
        {
            await using var note = new NpgsqlCommand("insert into platform.key_name (name, fingerprint) values ($1, $2) on conflict do nothing", connection);
            note.Parameters.Add(new NpgsqlParameter { Value = name });
            note.Parameters.Add(new NpgsqlParameter { Value = Fingerprint(keys.Get(name)) });
            await note.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task Roles(NpgsqlConnection connection, CancellationToken ct)
    {
        if (address.AppPassword is not { } password)
            return;
        // A private cluster: the roles are ours to make. An operator's own server has them made by the operator (README).
        await Execute(connection, $"""
            do $$ begin
                if not exists (select from pg_roles where rolname = 'plura_owner') then create role plura_owner nologin bypassrls; end if;
                if not exists (select from pg_roles where rolname = 'plura_app') then create role plura_app login; end if;
            end $$;
            alter role plura_app password '{password}';
            grant create on database {address.Name} to plura_owner;
            """, ct);
    }

    private async Task Tables(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var options = new DbContextOptionsBuilder<PluraDb>().UsePlura(address.Owner + ";Options=-c role=plura_owner").Options;
        await using var db = ActivatorUtilities.CreateInstance<PluraDb>(scope.ServiceProvider, options);
        await db.Database.MigrateAsync(ct);
    }

    private static async Task Repeat(NpgsqlConnection connection, string name, string script, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        await using var seen = new NpgsqlCommand("select hash from platform.script where name = $1", connection);
        seen.Parameters.Add(new NpgsqlParameter { Value = name });
        if (string.Equals(await seen.ExecuteScalarAsync(ct) as string, hash, StringComparison.Ordinal))
            return;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Execute(connection, "set local role plura_owner;\n" + script, ct);
        await using var note = new NpgsqlCommand("insert into platform.script (name, hash) values ($1, $2) on conflict (name) do update set hash = excluded.hash", connection);
        note.Parameters.Add(new NpgsqlParameter { Value = name });
        note.Parameters.Add(new NpgsqlParameter { Value = hash });
        await note.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static string Script(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"No script {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Fingerprint(byte[] key) => Convert.ToHexStringLower(SHA256.HashData([.. "plura-key"u8, .. key]))[..16];

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>How to reach the database: the owner's connection migrates, the app's runs.</summary>
/// <param name="Owner">May become <c>plura_owner</c>.</param>
/// <param name="App">Connects as <c>plura_app</c>, which owns nothing and obeys row security.</param>
/// <param name="Name">The database's name.</param>
/// <param name="AppPassword">Set for the private cluster, whose roles the product makes itself.</param>
public sealed record DatabaseAddress(string Owner, string App, string Name, string? AppPassword);
