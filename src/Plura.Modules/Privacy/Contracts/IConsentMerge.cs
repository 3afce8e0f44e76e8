namespace Plura.Privacy.Contracts;

/// <summary>
/// Two contacts become one person: what either refused holds for every address of that person. Both histories stay as they are; what the
/// merge says is appended to them, and so is what parting the two says.
/// </summary>
public interface IConsentMerge
{
    /// <summary>
    /// Brings each refusal and each block of one address, per channel and topic, to all others of its channel. A mailbox that does not exist
    /// is no wish of the person, so it stays with its address. Runs in the scope's transaction; answers as JSON what <see cref="Part"/> needs.
    /// </summary>
    /// <param name="mergeId">The merge.</param>
    /// <param name="contactId">The contact that stays.</param>
    /// <param name="addresses">All addresses of both, each once.</param>
    /// <param name="ct">Ends the work.</param>
    Task<string> Join(Guid mergeId, Guid contactId, IReadOnlyList<ConsentAddress> addresses, CancellationToken ct);

    /// <summary>Takes back what <see cref="Join"/> said: each address has again what it had, and what the person said since.</summary>
    Task Part(Guid mergeId, Guid contactId, string joined, CancellationToken ct);

    /// <summary>What <see cref="Join"/> would bring about: for each channel and topic whether something is refused for more addresses than now.</summary>
    Task<IReadOnlyList<ConsentSpread>> Ask(IReadOnlyList<ConsentAddress> addresses, CancellationToken ct);
}

/// <param name="Channel">See <see cref="Channels"/>.</param>
public sealed record ConsentAddress(Guid Key, string Channel);

/// <param name="From">The address that it comes from.</param>
/// <param name="To">The address that it holds for as well.</param>
/// <param name="Act">Withdrawn, denied or suppressed.</param>
/// <param name="Reason">For a block, a <see cref="SuppressionReasons"/> word.</param>
public sealed record ConsentSpread(Guid From, Guid To, string Channel, string Topic, string Act, string? Reason);
