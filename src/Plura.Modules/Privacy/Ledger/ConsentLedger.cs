using System.Text.Json;
using Npgsql;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>The account's ledger: one act at a time here; imports in <see cref="Attestations"/>; questions in <see cref="ConsentHistory"/>.</summary>
public sealed class ConsentLedger(Tenant tenant, LedgerWriter writer, Attestations attestations, ConsentHistory history, SubjectKeys keys) : IConsentLedger
{
    public async Task<ConsentReceipt> Append(ConsentEntry entry, CancellationToken ct)
    {
        var draft = writer.Draft(entry.Channel, entry.Topic, entry.Act, entry.How, entry.OccurredAt) with
        {
            AddressKey = entry.AddressKey,
            SubjectId = entry.SubjectId,
            WordingHash = LedgerWriter.HashOf(entry.Wording),
            Source = entry.Source,
            SendId = entry.SendId,
        };
        if (entry.Proof is { Count: > 0 } proof)
        {
            var subject = entry.SubjectId ?? entry.AddressKey;
            var plain = JsonSerializer.SerializeToUtf8Bytes(proof.OrderBy(p => p.Key, StringComparer.Ordinal).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal));
            draft = draft with { ProofKey = subject, Proof = await keys.Seal(tenant.Id, subject, draft.Id, plain, ct) };
        }

        var row = await writer.InTransaction(connection => writer.Append(connection, draft, entry.Wording, ct), ct);
        return new ConsentReceipt(row.Id, row.Seq, row.RecordedAt);
    }

    public Task<int> Attest(NpgsqlConnection connection, ConsentAttestation attestation, CancellationToken ct) => attestations.Attest(connection, attestation, ct);

    public Task Retract(NpgsqlConnection connection, Guid attestationId, string reason, CancellationToken ct) => attestations.Retract(connection, attestationId, reason, ct);

    public Task<Page<ConsentRow>> History(IReadOnlyList<Guid> addressKeys, string? cursor, int limit, CancellationToken ct) => history.Read(addressKeys, cursor, limit, ct);

    public Task<IReadOnlyList<ConsentNow>> Now(IReadOnlyList<Guid> addressKeys, CancellationToken ct) => history.Now(addressKeys, ct);
}
