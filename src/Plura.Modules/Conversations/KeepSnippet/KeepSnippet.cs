using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Keeps a text ready for answers, and what is done along with it; or changes one.</summary>
public sealed record KeepSnippet
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    /// <summary>What it is found by: people type a slash and a part of it.</summary>
    [Required(ErrorMessage = "Give it a name, for example “Opening hours”."), StringLength(60, ErrorMessage = "A name has at most 60 characters.")]
    public string Name { get; set; } = "";

    /// <summary>Plain text with merge fields, such as <c>{{ contact.first_name }}</c>; empty where only things are done.</summary>
    [StringLength(10_000, ErrorMessage = "A snippet has at most 10,000 characters.")]
    public string? Text { get; set; }

    /// <summary>Under which an e-mail with it goes, with merge fields; empty for the subject of the conversation.</summary>
    [StringLength(Reply.LongestSubject, ErrorMessage = "A subject has at most 200 characters.")]
    public string? Subject { get; set; }

    /// <summary>Files that go along from now on, besides those that it has: their names, and their bytes in base64.</summary>
    public IReadOnlyList<GivenFile> Files { get; init; } = [];

    /// <summary>Of the files that it has, the ids of those that go along no more.</summary>
    public List<Guid> Without { get; set => field = value ?? []; } = [];

    /// <summary>Tags that the contact gets, separated by commas.</summary>
    [StringLength(500, ErrorMessage = "That is too long.")]
    public string? Tags { get; set; }

    /// <summary><c>me</c> for whoever uses it, <c>none</c>, or a user's id; empty leaves it as it is.</summary>
    public string? Assign { get; set; }

    /// <summary><c>close</c>, <c>later</c>, <c>tomorrow</c> or <c>next_week</c>; empty leaves it as it is.</summary>
    [RegularExpression("(close|later|tomorrow|next_week)?", ErrorMessage = "Choose “close”, “later”, “tomorrow” or “next_week”.")]
    public string? Then { get; set; }
}

public sealed class KeepSnippetHandler(PluraDb db, SnippetFiles files, Colleagues colleagues, IPhrases phrases, IAudit audit, TimeProvider clock)
{
    private const int Most = 500;

    public async Task<Result<Guid>> Handle(KeepSnippet command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var text = MessageText.Typed(command.Text ?? "").Trim();
        var tags = (command.Tags ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var (assign, then) = (command.Assign, command.Then);
        var subject = string.IsNullOrWhiteSpace(command.Subject) ? null : MessageText.Typed(command.Subject).ReplaceLineEndings(" ").Trim();
        if (Wrong(command, text, tags) is { } wrong)
            return wrong;
        if (assign is not (null or "me") && (await colleagues.Parse(assign, await colleagues.Answering(ct), ct)).Refusal is { } unknown)
            return unknown with { Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { [nameof(command.Assign)] = [unknown.Text] } };
        if (text.Length > 0 && phrases.Check(text, nameof(command.Text)) is { } template)
            return template;
        if (subject is not null && phrases.Check(subject, nameof(command.Subject)) is { } about)
            return about;
        var normal = Snippet.NameOf(command.Name);
        if (await db.Snippets.AnyAsync(s => s.Normal == normal && s.DeletedAt == null && s.Id != command.Id, ct))
            return Snippets.Exists;
        var now = clock.GetUtcNow();
        var snippet = command.Id is { } id ? await db.Snippets.SingleOrDefaultAsync(s => s.Id == id && s.DeletedAt == null, ct) : Snippet.New(now);
        if (snippet is null)
            return Snippets.Missing;
        if (command.Id is null)
        {
            if (await db.Snippets.CountAsync(s => s.DeletedAt == null, ct) >= Most)
                return Refusal.Limit("snippet.limit", $"At most {Most} snippets can be kept. Delete some that nobody uses.");
            db.Snippets.Add(snippet);
        }

        var gone = await files.Change(snippet, command.Without, command.Files, ct);
        if (gone.Refusal is null)
        {
            snippet.Keep(command.Name, text, subject, tags, assign, then, now);
            audit.Note("conversations.keep_snippet", snippet.Id);
        }

        if ((gone.Refusal ?? await db.SaveUnless(Snippets.Names, Snippets.Exists, ct)) is { } refused)
        {
            files.Drop();
            return refused;
        }

        files.Remove(gone.Value);
        return snippet.Id;
    }

    private static Refusal? Wrong(KeepSnippet command, string text, List<string> tags)
    {
        if (text.Length == 0 && (!string.IsNullOrWhiteSpace(command.Subject) || command.Files.Count > 0))
            return Refusal.Invalid("snippet.text", "Write what it says: a subject and files go along with words.", nameof(KeepSnippet.Text));
        if (text.Length == 0 && tags.Count == 0 && command.Assign is null && command.Then is null)
            return Refusal.Invalid("snippet.empty", "Write what it says, or choose what it does.", nameof(KeepSnippet.Text));
        return tags.All(TagNames.Fits) ? null : Refusal.Invalid("tag.name", $"A tag has at most {TagNames.Longest} characters, on one line.", nameof(KeepSnippet.Tags));
    }
}
