namespace Plura.Privacy.Contracts;

/// <summary>Addresses that get nothing, known by keyed hash only, so that the wish outlives deletion, merge and re-import.</summary>
public interface ISuppression
{
    /// <param name="reason">See <see cref="SuppressionReasons"/>.</param>
    /// <param name="detail">What the provider said, without personal data.</param>
    Task Add(Guid addressKey, string channel, string reason, string detail, CancellationToken ct);

    /// <summary>A person of the account lifts a hard bounce after the address was corrected; refused for complaints and erasures.</summary>
    Task<Plura.Platform.Result> Lift(Guid addressKey, string channel, CancellationToken ct);
}
