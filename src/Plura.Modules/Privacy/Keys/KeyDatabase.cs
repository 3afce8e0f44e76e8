using Npgsql;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Privacy;

/// <summary>
/// The database of its own in which account and subject keys stand, wrapped. Apart from the data, because a key that is backed up with
/// what it protects destroys nothing when it is destroyed. Made when first needed.
/// </summary>
public sealed class KeyDatabase(DatabaseAddress address) : IAsyncDisposable
{
    private const string Tables = """
        create table if not exists public.account_key (tenant_id uuid primary key, wrapped bytea not null, created_at timestamptz not null);
        create table if not exists public.subject_key (
            tenant_id uuid not null, subject_id uuid not null, wrapped bytea not null, created_at timestamptz not null,
            primary key (tenant_id, subject_id));
        grant select, insert, delete on public.account_key, public.subject_key to plura_app;
        """;

    private readonly SemaphoreSlim making = new(1, 1);
    private NpgsqlDataSource? source;

    /// <summary><c>plura_keys</c> beside <c>plura</c>.</summary>
    public string Name => $"{address.Name}_keys";

    public async ValueTask<NpgsqlDataSource> Source(CancellationToken ct)
    {
        if (source is { } ready)
            return ready;
        await making.WaitAsync(ct);
        try
        {
            if (source is null)
            {
                await Make(ct);
                source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(address.App) { Database = Name, MaxPoolSize = 10, MaxAutoPrepare = 8 }.ConnectionString);
            }

            return source;
        }
        finally
        {
            making.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (source is not null)
            await source.DisposeAsync();
        making.Dispose();
    }

    private async Task Make(CancellationToken ct)
    {
        try
        {
            await using (var owner = new NpgsqlConnection(address.Owner))
            {
                await owner.OpenAsync(ct);
                await using var exists = new NpgsqlCommand("select count(*) from pg_database where datname = $1", owner);
                exists.Parameters.Add(new NpgsqlParameter { Value = Name });
                if ((long)(await exists.ExecuteScalarAsync(ct))! == 0)
                {
                    await using var create = new NpgsqlCommand($"create database \"{Name}\"", owner);
                    await create.ExecuteNonQueryAsync(ct);
                }
            }

            await using var keys = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.Owner) { Database = Name }.ConnectionString);
            await keys.OpenAsync(ct);
            await using var tables = new NpgsqlCommand("select pg_advisory_lock(20561);" + Tables + "select pg_advisory_unlock(20561);", keys);
            await tables.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new PlainException($"The database '{Name}', which holds the keys of people's proofs, could not be made. Create it on the same server, owned by the user of ConnectionStrings__Plura: create database {Name};");
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node made it at the same moment: what is there is looked at again.
            await Make(ct);
        }
    }
}
