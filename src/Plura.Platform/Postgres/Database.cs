using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Platform.Postgres;

namespace Plura.Platform;

/// <summary>Brings the database to this version: roles, prelude, migrations, each module's repeatable scripts, postlude.</summary>
public sealed class Database(DatabaseAddress address, ModelParts parts, KeyNames keys, IServiceScopeFactory scopes)
{
    public async Task Migrate(CancellationToken ct)
    {
        await using var owner = NpgsqlDataSource.Create(address.Owner);
        await using (var connection = await owner.Reach(address.OwnerSetting, ct))
        {
            await Execute(connection, "select pg_advisory_lock(20557)", ct);
            await Prelude(connection, ct);
            await Tables(ct);
            foreach (var assembly in parts.Assemblies)
            {
                foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains("/Data/", StringComparison.Ordinal) && n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
                    await Repeat(connection, name, Script(assembly, name), ct);
            }

            await Execute(connection, "set role plura_owner;\n" + Script(typeof(Database).Assembly, "Postgres/postlude.sql") + "\nreset role;", ct);
            await Execute(connection, "select pg_advisory_unlock(20557)", ct);
        }

        await using (var app = NpgsqlDataSource.Create(address.App))
            await (await app.Reach(address.AppSetting, ct)).DisposeAsync();
        await KeysAreWhole(ct);
    }

    /// <summary>Refuses the start when the database was written with a key that the keys folder no longer has.</summary>
    public async Task KeysAreWhole(CancellationToken ct)
    {
        await using var owner = NpgsqlDataSource.Create(address.Owner);
        await using var connection = await owner.OpenConnectionAsync(ct);
        if (await keys.Wrong(connection, ct) is { } wrong)
            throw new PlainException(wrong);
        await keys.Note(connection, ct);
    }

    private async Task Prelude(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await Roles(connection, ct);
            await Execute(connection, Script(typeof(Database).Assembly, "Postgres/prelude.sql"), ct);
        }
        catch (PostgresException refused)
        {
            // A server that was not set up as the README says: the operator puts it right, not we.
            throw Unprepared(refused.MessageText);
        }
    }

    private static PlainException Unprepared(string why) => new($"The database cannot be prepared: {why} (The README says what it needs under “Your own PostgreSQL”.)");

    private async Task Roles(NpgsqlConnection connection, CancellationToken ct)
    {
        if (address.AppPassword is not { } password)
            return;
        // A private cluster: the roles are ours to make. An operator's own server has them made by the operator (README).
        await Execute(connection, $"""
            do $$ begin
                if not exists (select from pg_roles where rolname = 'plura_owner') then create role plura_owner nologin bypassrls; end if;
                if not exists (select from pg_roles where rolname = 'plura_app') then create role plura_app login; end if;
                if not exists (select from pg_roles where rolname = 'plura_narrow') then
                    create role plura_narrow nologin;
                    alter role plura_app noinherit;
                    grant plura_narrow to plura_app;
                end if;
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
        try
        {
            // Asking first is cheap; MigrateAsync compares the whole model with its snapshot even where nothing is to do.
            if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
                await db.Database.MigrateAsync(ct);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw Unprepared($"plura_owner needs CREATE on the database {address.Name}: {refused.MessageText}.");
        }
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

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
