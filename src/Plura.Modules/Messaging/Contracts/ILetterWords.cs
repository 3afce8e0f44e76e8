namespace Plura.Messaging.Contracts;

/// <summary>
/// What a letter from one person to another says, asked of the module that keeps it at the moment the letter is written. Its template
/// holds only the places (<c>contact.fields.body</c>), so that the words stand once, under their person's key, and not in the ledger.
/// </summary>
public interface ILetterWords
{
    /// <summary>The origin whose letters it knows: <c>reply</c>.</summary>
    string Origin { get; }

    /// <summary>The words of one letter; null where they are gone, and then it is not sent.</summary>
    Task<LetterWords?> Find(Guid originId, CancellationToken ct);
}

/// <param name="Fields">By the names that the template prints under <c>contact.fields</c>.</param>
/// <param name="InReplyTo">The Message-ID that it answers, without angle brackets; null where it answers none.</param>
public sealed record LetterWords(IReadOnlyDictionary<string, string> Fields, string? InReplyTo)
{
    /// <summary>Nobody wrote it: mail programs are told not to answer it by themselves (RFC 3834).</summary>
    public bool Automatic { get; init; }

    /// <summary>Files that go along.</summary>
    public IReadOnlyList<Contacts.Contracts.AttachedFile> Files { get; init; } = [];
}
