namespace Plura.Platform;

/// <summary>
/// A live look at whether sentences of the policy are true. Any module brings its own for what it owns; Privacy finds them, runs them and
/// shows what they say beside the sentences. A check must be able to fail.
/// </summary>
public interface IPolicyCheck
{
    /// <summary>The ids of the sentences it answers for (<c>P-33</c>).</summary>
    IReadOnlyList<string> Sentences { get; }

    /// <summary>What is counted, to follow "N of M": "accounts whose owner accepted no agreement".</summary>
    string Counts { get; }

    /// <summary>Whether it counts people or what they did: a number below five is then not shown, because it could point at somebody.</summary>
    bool CountsPeople => true;

    Task<PolicyFinding> Look(CancellationToken ct);
}

/// <param name="Failures">How many are not as the sentence says.</param>
/// <param name="Population">How many were looked at; with none, the check proves nothing and says so.</param>
public sealed record PolicyFinding(long Failures, long Population);
