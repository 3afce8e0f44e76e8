namespace Plura.Accounts.Contracts;

/// <summary>How much accounts send and what comes back, for the operator's desk: numbers, never to whom. Messaging implements it.</summary>
public interface ISendingUse
{
    /// <summary>Since that day; an account that sent nothing is missing.</summary>
    Task<IReadOnlyDictionary<Guid, SendingUse>> Of(IReadOnlyCollection<Guid> accounts, DateTimeOffset since, CancellationToken ct);
}

/// <param name="Accepted">Messages that a receiver took.</param>
/// <param name="Bounced">That came back.</param>
/// <param name="Complaints">That a reader reported as unwanted.</param>
/// <param name="Last">The last day on which something was sent.</param>
public sealed record SendingUse(long Accepted, long Bounced, long Complaints, DateOnly Last)
{
    public long Tried => Accepted + Bounced;
}
