using Plura.Platform;

namespace Plura.Messaging.Contracts;

/// <summary>Looks at a letter, before it is sent, with the eyes of the servers that shall take it.</summary>
public interface ILetterDoctor
{
    /// <summary>What it found, the gravest first; refused where the letter cannot be written as it is.</summary>
    Task<Result<IReadOnlyList<LetterFinding>>> Examine(LetterContent letter, CancellationToken ct);
}

/// <param name="Code">Stable: <c>auth.unsigned</c>, <c>dmarc.none</c>, <c>size.clipped</c>.</param>
/// <param name="Health">How grave it is.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Text">What it means, and what to do.</param>
/// <param name="Record">A record for the DNS that mends it, as name and text; null where none does.</param>
public sealed record LetterFinding(string Code, LetterHealth Health, string Title, string Text, DnsRecord? Record = null);

/// <param name="Name">Where it is put.</param>
/// <param name="Text">What its TXT says.</param>
public sealed record DnsRecord(string Name, string Text);

/// <summary>The gravest first.</summary>
public enum LetterHealth
{
    /// <summary>Mailboxes refuse or hide such letters.</summary>
    Bad,

    /// <summary>It counts against the letter.</summary>
    Notice,

    /// <summary>Nobody could tell just now.</summary>
    Unknown,

    Good,
}
