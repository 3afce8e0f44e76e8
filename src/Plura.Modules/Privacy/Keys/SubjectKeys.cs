using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>
/// A key for each person, under a key for each account, under the root key in the keys folder. What a person's key protects is
/// unreadable once the key is shredded, in every copy.
/// </summary>
public sealed class SubjectKeys(KeyDatabase database, KeyFiles files, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<(Guid Tenant, Guid Subject), (byte[] Key, DateTimeOffset Until)> cache = new();

    /// <summary>What proves a permission.</summary>
    public Task<byte[]> Seal(Guid tenant, Guid subject, Guid row, byte[] plain, CancellationToken ct) => Seal("proof", tenant, subject, row, plain, ct);

    /// <summary>Nonce, tag and AES-256-GCM ciphertext, bound to its place: the account, what kind of thing it is, and the row that holds it.</summary>
    public async Task<byte[]> Seal(string kind, Guid tenant, Guid subject, Guid row, byte[] plain, CancellationToken ct)
    {
        var key = await Key(tenant, subject, make: true, ct);
        return SealedBytes.Seal(key!, plain, Place(kind, tenant, row));
    }

    /// <summary>The plain text, or null where the key was shredded.</summary>
    public async Task<byte[]?> Open(Guid tenant, Guid subject, Guid row, byte[] sealedText, CancellationToken ct) =>
        await Key(tenant, subject, make: false, ct) is { } key ? Decrypt(key, sealedText, Place("proof", tenant, row)) : null;

    /// <summary>Many of one kind by their rows, with one look for all keys. Those whose key was shredded are missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, byte[]>> OpenAll(string kind, Guid tenant, IReadOnlyCollection<(Guid Subject, Guid Row, byte[] Sealed)> texts, CancellationToken ct)
    {
        var keys = await Known(tenant, [.. texts.Select(t => t.Subject).Distinct()], ct);
        var opened = new Dictionary<Guid, byte[]>(texts.Count);
        foreach (var (subject, row, sealedText) in texts)
        {
            if (keys.TryGetValue(subject, out var key) && Decrypt(key, sealedText, Place(kind, tenant, row)) is { } plain)
                opened[row] = plain;
        }

        return opened;
    }

    /// <summary>
    /// Under which name a person's second key stands: that of what was written with them. It ends with their conversation, while the proofs of what they allowed are
    /// kept for as long as somebody may ask for them.
    /// </summary>
    internal static Guid Words(Guid subject) => new(SHA256.HashData([.. "words"u8, .. subject.ToByteArray()]).AsSpan(0, 16));

    /// <summary>Destroys all keys of a person. Other nodes forget their copies within five minutes.</summary>
    public Task Shred(Guid tenant, Guid subject, CancellationToken ct) => End(tenant, [subject, Words(subject)], ct);

    /// <summary>Destroys the key of what was written with them, and no other.</summary>
    public Task ShredWords(Guid tenant, Guid subject, CancellationToken ct) => End(tenant, [Words(subject)], ct);

    private async Task End(Guid tenant, Guid[] subjects, CancellationToken ct)
    {
        var source = await database.Source(ct);
        await using var delete = source.CreateCommand("delete from subject_key where tenant_id = $1 and subject_id = any ($2)");
        delete.Parameters.Add(new NpgsqlParameter { Value = tenant });
        delete.Parameters.Add(new NpgsqlParameter { Value = subjects });
        await delete.ExecuteNonQueryAsync(ct);
        foreach (var subject in subjects)
            cache.TryRemove((tenant, subject), out _);
    }

    /// <summary>Destroys all keys of an account, its own first: under it stand all the others. Other nodes forget their copies within five minutes.</summary>
    public async Task Shred(Guid tenant, CancellationToken ct)
    {
        var source = await database.Source(ct);
        foreach (var table in (string[])["account_key", "subject_key"])
        {
            await using var delete = source.CreateCommand($"delete from {table} where tenant_id = $1");
            delete.Parameters.Add(new NpgsqlParameter { Value = tenant });
            await delete.ExecuteNonQueryAsync(ct);
        }

        foreach (var known in cache.Keys.Where(k => k.Tenant == tenant).ToList())
            cache.TryRemove(known, out _);
    }

    private async Task<Dictionary<Guid, byte[]>> Known(Guid tenant, Guid[] subjects, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = new Dictionary<Guid, byte[]>(subjects.Length);
        foreach (var subject in subjects)
        {
            if (cache.TryGetValue((tenant, subject), out var kept) && kept.Until > now)
                known[subject] = kept.Key;
        }

        var missing = subjects.Where(s => !known.ContainsKey(s)).ToArray();
        if (missing.Length == 0 || await Stored(tenant, null, KeyOfKeys(), Place("account", tenant, tenant), make: false, ct) is not { } account)
            return known;
        var source = await database.Source(ct);
        await using var read = source.CreateCommand("select subject_id, wrapped from subject_key where tenant_id = $1 and subject_id = any ($2)");
        read.Parameters.Add(new NpgsqlParameter { Value = tenant });
        read.Parameters.Add(new NpgsqlParameter { Value = missing });
        await using var rows = await read.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var subject = rows.GetGuid(0);
            var key = Decrypt(account, rows.GetFieldValue<byte[]>(1), Place("subject", tenant, subject)) ?? throw new InvalidOperationException("A subject_key row does not open under the key above it.");
            known[subject] = key;
            cache[(tenant, subject)] = (key, now + Kept);
        }

        return known;
    }

    private async Task<byte[]?> Key(Guid tenant, Guid subject, bool make, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (cache.TryGetValue((tenant, subject), out var known) && known.Until > now)
            return known.Key;
        if (cache.Count > 10_000)
            cache.Clear();
        var account = await Stored(tenant, null, KeyOfKeys(), Place("account", tenant, tenant), make, ct);
        var key = account is null ? null : await Stored(tenant, subject, account, Place("subject", tenant, subject), make, ct);
        if (key is not null)
            cache[(tenant, subject)] = (key, now + Kept);
        return key;
    }

    /// <summary>Reads and unwraps a key; makes it where there is none. Two nodes that make it at once agree on the one that was stored.</summary>
    private async Task<byte[]?> Stored(Guid tenant, Guid? subject, byte[] under, byte[] place, bool make, CancellationToken ct)
    {
        var source = await database.Source(ct);
        var (table, match, conflict) = subject is null ? ("account_key", "tenant_id = $1", "(tenant_id)") : ("subject_key", "tenant_id = $1 and subject_id = $2", "(tenant_id, subject_id)");
        while (true)
        {
            await using (var read = source.CreateCommand($"select wrapped from {table} where {match}"))
            {
                read.Parameters.Add(new NpgsqlParameter { Value = tenant });
                if (subject is { } person)
                    read.Parameters.Add(new NpgsqlParameter { Value = person });
                if (await read.ExecuteScalarAsync(ct) is byte[] wrapped)
                    return Decrypt(under, wrapped, place) ?? throw new InvalidOperationException($"A {table} row does not open under the key above it.");
            }

            if (!make)
                return null;
            var fresh = RandomNumberGenerator.GetBytes(32);
            await using var insert = source.CreateCommand(subject is null
                ? "insert into account_key (tenant_id, wrapped, created_at) values ($1, $2, $3) on conflict do nothing"
                : $"insert into subject_key (tenant_id, wrapped, created_at, subject_id) values ($1, $2, $3, $4) on conflict {conflict} do nothing");
            insert.Parameters.Add(new NpgsqlParameter { Value = tenant });
            insert.Parameters.Add(new NpgsqlParameter { Value = SealedBytes.Seal(under, fresh, place) });
            insert.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
            if (subject is { } id)
                insert.Parameters.Add(new NpgsqlParameter { Value = id });
            if (await insert.ExecuteNonQueryAsync(ct) == 1)
                return fresh;
        }
    }

    private byte[] KeyOfKeys() => files.Derive("root", "account-keys");

    private static byte[] Place(string kind, Guid tenant, Guid row) =>
        [.. System.Text.Encoding.UTF8.GetBytes(kind), 0, .. tenant.ToByteArray(bigEndian: true), .. row.ToByteArray(bigEndian: true)];

    private static byte[]? Decrypt(byte[] key, byte[] text, byte[] place)
    {
        try
        {
            return SealedBytes.Open(key, text, place);
        }
        catch (AuthenticationTagMismatchException)
        {
            // The person's key was shredded and a later proof made another: the old proof stays unreadable.
            return null;
        }
    }
}
