using System.Security.Cryptography;
using Npgsql;

namespace Plura.Platform;

/// <summary>The keys that the database was written with, by name and fingerprint: whether the keys folder still has them.</summary>
public sealed class KeyNames(KeyFiles keys)
{
    /// <summary>A sentence about the first key that is missing or is another one; null where all are right.</summary>
    public async Task<string?> Wrong(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var known = new NpgsqlCommand("select name, fingerprint from platform.key_name order by name", connection);
        await using var reader = await known.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var name = reader.GetString(0);
            if (!keys.Exists(name))
                return $"The key '{name}' is missing from the keys folder. What it protects cannot be read without it: restore the folder from your backup.";
            if (!string.Equals(Fingerprint(keys.Get(name)), reader.GetString(1), StringComparison.Ordinal))
                return $"The key '{name}' in the keys folder is not the one this database was written with. Restore the right folder from your backup.";
        }

        return null;
    }

    /// <summary>Notes the keys of a fresh installation.</summary>
    public async Task Note(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var name in KeyFiles.Names)
        {
            await using var note = new NpgsqlCommand("insert into platform.key_name (name, fingerprint) values ($1, $2) on conflict do nothing", connection);
            note.Parameters.Add(new NpgsqlParameter { Value = name });
            note.Parameters.Add(new NpgsqlParameter { Value = Fingerprint(keys.Get(name)) });
            await note.ExecuteNonQueryAsync(ct);
        }
    }

    private static string Fingerprint(byte[] key) => Convert.ToHexStringLower(SHA256.HashData([.. "plura-key"u8, .. key]))[..16];
}
