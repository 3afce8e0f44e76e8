using System.Text.Json;
using System.Text.Json.Serialization;
using Plura.Conversations.Data;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>What a message says. It is kept as JSON under the contact's key, and nowhere else.</summary>
public sealed record MessageText(string Subject, string Text)
{
    public const int Longest = 50_000;

    /// <summary>What somebody typed, as it is kept: PostgreSQL takes no NUL.</summary>
    public static string Typed(string text) => text.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal);

    /// <summary>The same as it was sent, cleaned of everything that runs or loads; null where it came as plain text.</summary>
    public string? Html { get; init; }

    /// <summary>The address from which it came, or to which it goes.</summary>
    public string? Address { get; init; }

    /// <summary>Names of files that came with it.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What a line of a list shows of it: a picture alone has only its name.</summary>
    [JsonIgnore]
    public string Shown => Text.Length > 0 ? Text : string.Join(", ", Files);

    /// <summary>The Message-ID that it answers.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>It was longer than is kept.</summary>
    public bool Cut { get; init; }

    /// <summary>Nobody wrote it: their mail program did (they are away, they have read it), or the inbox by its own rules.</summary>
    public bool Automatic { get; init; }
}

/// <summary>Seals and opens what messages say.</summary>
public sealed class MessageSeal(ISubjectTexts texts)
{
    public Task<byte[]> Seal(Guid contact, Guid message, MessageText text, CancellationToken ct) => texts.Seal(contact, message, JsonSerializer.Serialize(text), ct);

    /// <summary>By message; missing are those whose contact was erased.</summary>
    public async Task<IReadOnlyDictionary<Guid, MessageText>> Open(IReadOnlyCollection<Message> messages, CancellationToken ct) =>
        (await texts.Open([.. messages.Select(m => new SealedText(m.SubjectId, m.Id, m.Sealed))], ct)).ToDictionary(t => t.Key, t => JsonSerializer.Deserialize<MessageText>(t.Value)!);

    /// <summary>A text that is no message yet.</summary>
    public async Task<MessageText?> Open(Guid subject, Guid row, byte[] words, CancellationToken ct) =>
        (await texts.Open([new SealedText(subject, row, words)], ct)).TryGetValue(row, out var text) ? JsonSerializer.Deserialize<MessageText>(text) : null;

    public async Task<MessageText?> Open(Message message, CancellationToken ct) => (await Open([message], ct)).GetValueOrDefault(message.Id);
}
