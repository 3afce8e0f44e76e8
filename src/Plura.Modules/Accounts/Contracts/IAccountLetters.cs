namespace Plura.Accounts.Contracts;

/// <summary>What the letters about a person's sign-in need at the moment they are written: links with a key in them, and addresses that are not the person's present one.</summary>
public interface IAccountLetters
{
    /// <param name="kind">The letter's template.</param>
    /// <param name="userId">Whom it goes to.</param>
    /// <param name="occurrenceId">Its occasion.</param>
    /// <param name="account">The account that it is about, where it is about one.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Null for a kind of letter of which nothing is known here.</returns>
    Task<AccountLetter?> Find(string kind, Guid userId, Guid occurrenceId, Guid? account, CancellationToken ct);
}

/// <param name="Link">Where its button leads, whole.</param>
/// <param name="Address">Whom it goes to, where that is not the person's present address.</param>
/// <param name="Moot">What it is about has passed; it is not sent.</param>
public sealed record AccountLetter(string Link, string? Address = null, bool Moot = false)
{
    /// <summary>Words that are kept nowhere, because they name people; they stand beside those that were posted with it.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
