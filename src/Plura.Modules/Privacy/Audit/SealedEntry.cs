using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Plura.Privacy;

/// <summary>An entry as the database holds it, which is how it is hashed.</summary>
/// <param name="Tenant">The account; all zeros for the installation's own log.</param>
public sealed record SealedEntry(
    Guid Tenant, Guid Id, DateTimeOffset At, string ActorKind, Guid? ActorId, string Act, Guid? About, string? AboutKind, string? Network, Guid? SessionId, string Outcome, string Facts)
{
    private static readonly byte[] Tag = Encoding.UTF8.GetBytes("pluraos/audit-entry/1\n");

    /// <summary>The columns in the order of <see cref="Read"/>, of the table called <c>e</c>.</summary>
    public const string Columns = "e.id, e.at, e.actor_kind, e.actor_id, e.act, e.about, e.about_kind, e.network, e.session_id, e.outcome, e.facts::text";

    public static SealedEntry Read(Guid tenant, NpgsqlDataReader reader, int from = 0) => new(
        tenant, reader.GetGuid(from), reader.GetFieldValue<DateTimeOffset>(from + 1), reader.GetString(from + 2), Maybe(reader, from + 3), reader.GetString(from + 4),
        Maybe(reader, from + 5), Text(reader, from + 6), Text(reader, from + 7), Maybe(reader, from + 8), reader.GetString(from + 9), reader.GetString(from + 10));

    /// <summary>SHA-256(tag ‖ length ‖ envelope ‖ hash before). Facts are hashed by key and value, because JSON has no fixed form.</summary>
    public byte[] Hash(long seq, byte[] previous)
    {
        var envelope = new ArrayBufferWriter<byte>(256);
        envelope.Put((Guid?)Tenant);
        envelope.Put((long?)seq);
        envelope.Put((Guid?)Id);
        envelope.Put((DateTimeOffset?)At);
        envelope.Put(ActorKind);
        envelope.Put(ActorId);
        envelope.Put(Act);
        envelope.Put(About);
        envelope.Put(AboutKind);
        envelope.Put(Network);
        envelope.Put(SessionId);
        envelope.Put(Outcome);
        foreach (var (key, value) in JsonSerializer.Deserialize<SortedDictionary<string, string>>(Facts)!.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            envelope.Put(key);
            envelope.Put(value);
        }

        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, envelope.WrittenCount);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Tag);
        hash.AppendData(length);
        hash.AppendData(envelope.WrittenSpan);
        hash.AppendData(previous);
        return hash.GetHashAndReset();
    }

    private static Guid? Maybe(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
