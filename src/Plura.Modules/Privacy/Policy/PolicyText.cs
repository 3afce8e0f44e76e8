using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plura.Privacy;

/// <summary>One version of a text that people accept, as its embedded file holds it. Every sentence has an id, a kind and its own hash.</summary>
public sealed record PolicyText
{
    public required string Document { get; init; }

    public required string Title { get; init; }

    public required string Path { get; init; }

    public required string Version { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>One sentence on top that says what the page is.</summary>
    public required string Lead { get; init; }

    public required IReadOnlyList<PolicySection> Sections { get; init; }

    public IEnumerable<PolicySentence> Sentences => Sections.SelectMany(s => s.Sentences);

    /// <summary>SHA-256 over every sentence with its id: two texts with the same hash say the same.</summary>
    public string WordingHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Sentences.Select(s => $"{s.Id}\n{s.Text}\n")))));

    public static PolicyText Parse(Stream file) => JsonSerializer.Deserialize<PolicyText>(file, JsonSerializerOptions.Web)
        ?? throw new InvalidOperationException("A policy file is empty.");
}

public sealed record PolicySection(string Id, string Title, IReadOnlyList<PolicySentence> Sentences);

/// <param name="Id">Stable for the life of the sentence's meaning: <c>P-13</c>, <c>P-06b</c>.</param>
/// <param name="Kind">See <see cref="SentenceKinds"/>: what sort of proof it can have.</param>
/// <param name="Text">What people read. <c>{name}</c>, <c>{email}</c>, <c>{phone}</c> and <c>{website}</c> stand for the operator's.</param>
/// <param name="Hash">The first 16 hex digits of the text's SHA-256, approved with its binding: editing one without the other fails the build.</param>
/// <param name="Item">True where it is an item of the list that the sentence before opens.</param>
public sealed record PolicySentence(string Id, string Kind, string Text, string Hash, bool Item = false)
{
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

public static class SentenceKinds
{
    public const string Promise = "promise";
    public const string Disclosure = "disclosure";
    public const string Facility = "facility";
    public const string Duty = "duty";
    public const string Disclaimer = "disclaimer";
    public const string Fact = "fact";

    public static readonly IReadOnlySet<string> All = new HashSet<string>([Promise, Disclosure, Facility, Duty, Disclaimer, Fact], StringComparer.Ordinal);
}
