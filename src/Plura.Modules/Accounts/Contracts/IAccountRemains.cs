namespace Plura.Accounts.Contracts;

/// <summary>What a module keeps of an account outside the database: files, keys. Its rows go by themselves, whatever the module.</summary>
public interface IAccountRemains
{
    /// <summary>Called before the rows are deleted, and again if that was broken off: what is gone already is no mistake.</summary>
    Task Remove(Guid account, CancellationToken ct);
}
