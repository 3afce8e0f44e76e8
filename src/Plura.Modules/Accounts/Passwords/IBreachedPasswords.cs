namespace Plura.Accounts;

/// <summary>A list of passwords that became known in break-ins. An adapter asks it; without one, only our own list counts.</summary>
public interface IBreachedPasswords
{
    /// <summary>Never throws for the list's sake, and never takes long: a list that does not answer keeps nobody out.</summary>
    Task<Breach> Look(string password, CancellationToken ct);
}

public enum Breach
{
    NotFound,
    Found,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>It could not be reached, or answered nonsense.</summary>
    Failed,
}
