namespace Plura.Messaging.Contracts;

/// <summary>
/// What a letter of the installation says besides its template, asked of the module that keeps it at the moment the letter is
/// written. So a visitor's words stand in one row, which can be shown and deleted, and neither in the outbox nor in the ledger.
/// </summary>
public interface ILetterFacts
{
    /// <summary>The kind of letter whose facts it knows: <c>contact_form</c>.</summary>
    string Kind { get; }

    /// <summary>The facts of one occasion; null where they have been deleted since, and then the letter is not sent.</summary>
    Task<LetterFacts?> Find(Guid occurrenceId, CancellationToken ct);
}

/// <param name="ReplyTo">The address that an answer goes to.</param>
public sealed record LetterFacts(IReadOnlyDictionary<string, string> Facts, string? ReplyTo);
