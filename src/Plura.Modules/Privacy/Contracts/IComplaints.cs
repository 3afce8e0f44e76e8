namespace Plura.Privacy.Contracts;

/// <summary>How many readers reported an account's messages as unwanted: numbers across accounts, never who.</summary>
public interface IComplaints
{
    /// <summary>Since then; an account without any is missing.</summary>
    Task<IReadOnlyDictionary<Guid, long>> Of(IReadOnlyCollection<Guid> accounts, DateTimeOffset since, CancellationToken ct);
}
