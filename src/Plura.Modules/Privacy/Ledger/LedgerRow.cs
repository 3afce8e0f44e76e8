using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plura.Privacy;

/// <summary>One ledger event as it is hashed, written and verified.</summary>
public sealed record LedgerRow
{
    public required Guid TenantId { get; init; }

    public required long Seq { get; init; }

    public required Guid Id { get; init; }

    public Guid? AddressKey { get; init; }

    public Guid? SubjectId { get; init; }

    public required string Channel { get; init; }

    public required string Topic { get; init; }

    public required string Act { get; init; }

    public required string How { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public byte[]? WordingHash { get; init; }

    public string? PolicyVersion { get; init; }

    public required string Actor { get; init; }

    public string? Source { get; init; }

    public string? Jurisdiction { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public Guid? SendId { get; init; }

    public Guid? Retracts { get; init; }

    public int? MemberCount { get; init; }

    public byte[]? MemberDigest { get; init; }

    public Guid? ProofKey { get; init; }

    public byte[]? Proof { get; init; }

    public required byte[] PrevHash { get; init; }

    public byte[] Hash { get; init; } = [];
}

/// <summary>
/// The binary layout under the hash, version 1: SHA-256(tag ‖ length ‖ envelope ‖ SHA-256(proof ciphertext) ‖ previous hash). In the
/// envelope each field stands in a fixed order behind its length (four bytes, big endian; -1 where there is none), so that no two
/// events share a layout. JSON has no such form: key order and number texts differ between writers.
/// </summary>
public static class CanonicalEvent
{
    public const short Version = 1;

    /// <summary>What stands before the first event.</summary>
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    private static readonly byte[] Tag = Encoding.UTF8.GetBytes("pluraos/consent-event/1\n");

    public static byte[] Hash(LedgerRow row)
    {
        var envelope = new ArrayBufferWriter<byte>(512);
        envelope.Put(row.TenantId);
        envelope.Put(row.Seq);
        envelope.Put(row.Id);
        envelope.Put(row.AddressKey);
        envelope.Put(row.SubjectId);
        envelope.Put(row.Channel);
        envelope.Put(row.Topic);
        envelope.Put(row.Act);
        envelope.Put(row.How);
        envelope.Put(row.OccurredAt);
        envelope.Put(row.RecordedAt);
        envelope.Put(row.WordingHash);
        envelope.Put(row.PolicyVersion);
        envelope.Put(row.Actor);
        envelope.Put(row.Source);
        envelope.Put(row.Jurisdiction);
        envelope.Put(row.ExpiresAt);
        envelope.Put(row.SendId);
        envelope.Put(row.Retracts);
        envelope.Put(row.MemberCount);
        envelope.Put(row.MemberDigest);
        envelope.Put(row.ProofKey);

        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, envelope.WrittenCount);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Tag);
        hash.AppendData(length);
        hash.AppendData(envelope.WrittenSpan);
        // The ciphertext's hash, not the text's: a shredded key leaves the chain whole.
        hash.AppendData(row.Proof is null ? Start : SHA256.HashData(row.Proof));
        hash.AppendData(row.PrevHash);
        return hash.GetHashAndReset();
    }

    /// <summary>PostgreSQL keeps microseconds: what is hashed must be what is stored.</summary>
    public static DateTimeOffset Storable(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
