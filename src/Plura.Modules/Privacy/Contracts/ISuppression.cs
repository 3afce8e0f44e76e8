using Npgsql;

namespace Plura.Privacy.Contracts;

/// <summary>Addresses that get nothing, known by keyed hash only, so that the wish outlives deletion, merge and re-import.</summary>
public interface ISuppression
{
    /// <param name="reason">See <see cref="SuppressionReasons"/>.</param>
    /// <param name="detail">What the provider said, without personal data.</param>
    Task Add(Guid addressKey, string channel, string reason, string detail, CancellationToken ct);

    /// <summary>
    /// Of the addresses in the temporary table <c>consent_members (address_key uuid, contact_id uuid)</c> of this connection, those that get
    /// nothing on the channel, and why: a <see cref="SuppressionReasons"/> word, or <see cref="ConsentActs.Withdrawn"/> or
    /// <see cref="ConsentActs.Denied"/> where the person said so for the whole channel. One set-based question for a whole import.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, string>> Blocked(NpgsqlConnection connection, string channel, CancellationToken ct);

    /// <summary>A person of the account lifts a hard bounce after the address was corrected; refused for complaints and erasures.</summary>
    Task<Plura.Platform.Result> Lift(Guid addressKey, string channel, CancellationToken ct);
}
