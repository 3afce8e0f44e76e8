namespace Plura.Accounts.Contracts;

/// <summary>What the letters about a person's sign-in need at the moment they are written: links with a key in them, and addresses that are not the person's present one.</summary>
public interface IAccountLetters
{
    /// <returns>Null for a kind of letter of which nothing is known here.</returns>
    Task<AccountLetter?> Find(string kind, Guid userId, Guid occurrenceId, CancellationToken ct);
}

/// <param name="Link">Where its button leads, whole.</param>
/// <param name="Address">Whom it goes to, where that is not the person's present address.</param>
/// <param name="Moot">What it is about has passed; it is not sent.</param>
public sealed record AccountLetter(string Link, string? Address = null, bool Moot = false);
