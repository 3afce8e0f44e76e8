using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;
using Plura.Platform;
using Plura.Platform.Postgres;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>The account's ledger: one act at a time here; imports in <see cref="Attestations"/>; questions in <see cref="ConsentHistory"/>.</summary>
public sealed partial class ConsentLedger(Tenant tenant, LedgerWriter writer, Attestations attestations, TakenBack takenBack, ConsentHistory history, SubjectKeys keys, ILogger<ConsentLedger> log) : IConsentLedger
{
    // Who complained or was forgotten comes back only by pressing the button in a mail to the address itself.
    private const string ComeBack = "delete from privacy.suppression where tenant_id = $1 and address_key = $2 and channel = $3 and reason in ('complaint', 'erased') returning reason";

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
            draft = await WithProof(draft, proof, ct);
        var row = await writer.InTransaction(
            async connection =>
            {
                var written = await writer.Append(connection, draft, entry.Wording, ct);
                if (entry is { Act: ConsentActs.Granted, How: ConsentDoors.DoubleOptIn })
                    await Return(connection, entry, ct);
                return written;
            }, ct);
        return new ConsentReceipt(row.Id, row.Seq, row.RecordedAt);
    }

    public Task<int> Attest(NpgsqlConnection connection, ConsentAttestation attestation, CancellationToken ct) => attestations.Attest(connection, attestation, ct);

    public Task Retract(NpgsqlConnection connection, Guid attestationId, string reason, CancellationToken ct) => attestations.Retract(connection, attestationId, reason, ct);

    public async Task<bool> TakeBack(ConsentTakeBack what, CancellationToken ct) =>
        await writer.InTransaction(
            async connection =>
            {
                // Of two who take it back at once the second waits here, and then sees the first.
                await writer.Take(connection, addressAlone: null, ct);
                if (await Withdrawal(connection, what, ct) is not { } found)
                    return false;
                var draft = writer.Draft(found.Channel, found.Topic, ConsentActs.Retracted, ConsentDoors.Text) with { AddressKey = what.AddressKey, SubjectId = what.SubjectId, Source = what.Source, Retracts = found.Id };
                await takenBack.Write(connection, await WithProof(draft, what.Proof, ct), what.Sequence, ct);
                return true;
            }, ct);

    public Task<Page<ConsentRow>> History(IReadOnlyList<Guid> addressKeys, string? cursor, int limit, CancellationToken ct) => history.Read(addressKeys, null, cursor, limit, ct);

    public Task<Page<ConsentRow>> HistoryUntil(IReadOnlyList<Guid> addressKeys, DateTimeOffset until, string? cursor, int limit, CancellationToken ct) => history.Read(addressKeys, until, cursor, limit, ct);

    public Task<IReadOnlyList<ConsentNow>> Now(IReadOnlyList<Guid> addressKeys, CancellationToken ct) => history.Now(addressKeys, ct);

    private async Task<LedgerRow> WithProof(LedgerRow draft, IReadOnlyDictionary<string, string> proof, CancellationToken ct)
    {
        var subject = draft.SubjectId ?? draft.AddressKey!.Value;
        var plain = JsonSerializer.SerializeToUtf8Bytes(new SortedDictionary<string, string>(proof.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal), StringComparer.Ordinal));
        try
        {
            return draft with { ProofKey = subject, Proof = await keys.Seal(tenant.Id, subject, draft.Id, plain, ct) };
        }
        catch (Exception error) when (LedgerSql.TakesAway(draft.Act) && error is NpgsqlException or PlainException)
        {
            // A refusal counts even when its proof cannot be kept.
            ProofLost(log, error, draft.Id);
            return draft;
        }
    }

    private async Task<(Guid Id, string Channel, string Topic)?> Withdrawal(NpgsqlConnection connection, ConsentTakeBack what, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select e.id, e.channel, e.topic from privacy.consent_event e
            where e.tenant_id = $1 and e.seq = $2 and e.address_key = $3 and e.act = 'withdrawn' and e.how = 'text'
              and not exists (select from privacy.consent_event r where r.tenant_id = $1 and r.retracts = e.id)
            """, connection);
        foreach (var value in (object[])[tenant.Id, what.Sequence, what.AddressKey])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetGuid(0), reader.GetString(1), reader.GetString(2)) : null;
    }

    private async Task Return(NpgsqlConnection connection, ConsentEntry entry, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ComeBack, connection);
        foreach (var value in (object[])[tenant.Id, entry.AddressKey, entry.Channel])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        if (await command.ExecuteScalarAsync(ct) is string reason)
            await writer.Append(connection, writer.Draft(entry.Channel, Topics.All, ConsentActs.Lifted, entry.How) with { AddressKey = entry.AddressKey, Source = reason }, wording: null, ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The proof of refusal {Event} could not be kept; the refusal itself stands")]
    private static partial void ProofLost(ILogger logger, Exception error, Guid @event);
}
