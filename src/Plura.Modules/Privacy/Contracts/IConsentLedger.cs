using Npgsql;

namespace Plura.Privacy.Contracts;

/// <summary>The account's append-only, hash-chained record of permissions. Writing takes effect at commit.</summary>
public interface IConsentLedger
{
    /// <summary>
    /// Appends one act, in the scope's current transaction or one of its own. Never call it in a transaction in which the gate decided:
    /// the gate holds addresses shared, a writer takes the account's chain first.
    /// </summary>
    Task<ConsentReceipt> Append(ConsentEntry entry, CancellationToken ct);

    /// <summary>
    /// Appends one event for all addresses in the temporary table <c>consent_members (address_key uuid, contact_id uuid)</c> of this
    /// connection (an import: one event, a count, a digest and the member rows). Addresses whose person withdrew are left out; answers
    /// how many were taken. Runs in the connection's transaction.
    /// </summary>
    Task<int> Attest(NpgsqlConnection connection, ConsentAttestation attestation, CancellationToken ct);

    /// <summary>Takes back what an import attested (its undo): the members' permission falls back to what it was. Runs in the connection's transaction.</summary>
    Task Retract(NpgsqlConnection connection, Guid attestationId, string reason, CancellationToken ct);

    /// <summary>
    /// Takes back that somebody was taken to have withdrawn by a text, because a person read it again or because they asked to go on: exactly what they had allowed before holds
    /// again, with its topic, its proof and its end. Answers false where it is no such withdrawal, or was taken back already.
    /// </summary>
    Task<bool> TakeBack(ConsentTakeBack what, CancellationToken ct);

    /// <summary>An address's history, newest first: by page, cursor from the page before.</summary>
    Task<Plura.Platform.Page<ConsentRow>> History(IReadOnlyList<Guid> addressKeys, string? cursor, int limit, CancellationToken ct);

    /// <summary>The same, of what was written down until a moment.</summary>
    Task<Plura.Platform.Page<ConsentRow>> HistoryUntil(IReadOnlyList<Guid> addressKeys, DateTimeOffset until, string? cursor, int limit, CancellationToken ct);

    /// <summary>What holds now for each address and channel.</summary>
    Task<IReadOnlyList<ConsentNow>> Now(IReadOnlyList<Guid> addressKeys, CancellationToken ct);
}

public sealed record ConsentEntry
{
    public required Guid AddressKey { get; init; }

    /// <summary>The contact, where one exists.</summary>
    public Guid? SubjectId { get; init; }

    public required string Channel { get; init; }

    public string Topic { get; init; } = Topics.All;

    public required string Act { get; init; }

    public required string How { get; init; }

    /// <summary>When it is said to have happened; now where null.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>The exact words the person saw or the account attests; stored once under its hash.</summary>
    public string? Wording { get; init; }

    /// <summary>Where it came from, in the account's words ("Trade fair 2025", a form's name).</summary>
    public string? Source { get; init; }

    /// <summary>Kept only as ciphertext under the subject's key: IP address, user agent, page, form fields.</summary>
    public IReadOnlyDictionary<string, string>? Proof { get; init; }

    /// <summary>The send whose link was used, where one was.</summary>
    public Guid? SendId { get; init; }
}

/// <param name="Sequence">The number of the withdrawal.</param>
/// <param name="SubjectId">The contact, where one exists.</param>
/// <param name="Source">Why, in a few words.</param>
/// <param name="Proof">Kept only as ciphertext under the subject's key.</param>
public sealed record ConsentTakeBack(Guid AddressKey, long Sequence, Guid? SubjectId, string Source, IReadOnlyDictionary<string, string> Proof);

public sealed record ConsentReceipt(Guid Id, long Sequence, DateTimeOffset RecordedAt);

/// <param name="Id">The attestation's own id; <see cref="IConsentLedger.Retract"/> names it.</param>
public sealed record ConsentAttestation(Guid Id, string Channel, string Topic, string How, string Source, string Wording, DateOnly Date);

public sealed record ConsentRow(long Sequence, string Channel, string Topic, string Act, string How, DateTimeOffset At, DateTimeOffset RecordedAt, string Proof, string? Source, string? Wording, string Actor, Guid? SendId);

/// <param name="Act">The latest act that counts for the topic.</param>
/// <param name="Proof">See <see cref="ProofLevels"/>.</param>
/// <param name="Own">The person's own word, and not the account's about them.</param>
/// <param name="Suppressed">A <see cref="SuppressionReasons"/> word, or null.</param>
public sealed record ConsentNow(Guid AddressKey, string Channel, string Topic, string Act, string How, DateTimeOffset At, string Proof, bool Own, string? Source, string? Suppressed);
