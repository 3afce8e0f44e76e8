using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A snippet as it is shown.</summary>
/// <param name="Name">What it is found by.</param>
/// <param name="Text">What it says, with its merge fields; empty where only things are done.</param>
/// <param name="Tags">Tags that the contact gets.</param>
/// <param name="Assign"><c>me</c>, <c>none</c> or a user's id; null leaves it as it is.</param>
/// <param name="Then"><c>close</c>, <c>later</c>, <c>tomorrow</c> or <c>next_week</c>; null leaves it as it is.</param>
/// <param name="Does">What it does, as people read it; null where it only says something.</param>
public sealed record SnippetView(Guid Id, string Name, string Text, IReadOnlyList<string> Tags, string? Assign, string? Then, string? Does)
{
    /// <summary>Under which an e-mail with it goes, with its merge fields; null for the subject of the conversation.</summary>
    public string? Subject { get; init; }

    /// <summary>What goes along.</summary>
    public IReadOnlyList<SnippetFileView> Files { get; init; } = [];

    /// <summary>What happens besides when something written with it is sent, as people read it; null for nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Along => Files.Count == 0 ? Does : string.Join(", ", new[] { Does, $"brings {string.Join(", ", Files.Select(f => $"“{f.Name}”"))}" }.OfType<string>());
}

/// <summary>Reads the snippets of an account.</summary>
public sealed class Snippets(PluraDb db, SnippetFiles files, Colleagues colleagues)
{
    /// <summary>The index by which no two have one name.</summary>
    public const string Names = "snippet_name";

    public static Refusal Missing => Refusal.NotFound("snippet.missing", "This snippet does not exist any more.");

    public static Refusal Exists => Refusal.Conflict("snippet.exists", "Another snippet has this name. Choose another one.") with
    {
        Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { [nameof(KeepSnippet.Name)] = ["Another snippet has this name. Choose another one."] },
    };

    public async Task<IReadOnlyList<SnippetView>> All(CancellationToken ct)
    {
        var found = await db.Snippets.AsNoTracking().Where(s => s.DeletedAt == null).OrderBy(s => s.Normal).ToListAsync(ct);
        var names = found.Exists(s => s.Assign is not null) ? await colleagues.Names(ct) : new Dictionary<Guid, string>();
        var along = await files.Of([.. found.Select(s => s.Id)], ct);
        return [.. found.Select(s => View(s, names, along))];
    }

    public async Task<SnippetView?> One(Guid id, CancellationToken ct) =>
        await db.Snippets.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.DeletedAt == null, ct) is { } found ? View(found, await colleagues.Names(ct), await files.Of([id], ct)) : null;

    private static SnippetView View(Snippet snippet, IReadOnlyDictionary<Guid, string> names, ILookup<Guid, SnippetFileView> along)
    {
        var tags = snippet.ReadTags();
        var does = new List<string>();
        if (tags.Count > 0)
            does.Add($"tags them {string.Join(", ", tags.Select(t => $"“{t}”"))}");
        if (snippet.Assign is { } assign)
            does.Add(assign switch { "me" => "gives it to you", "none" => "gives it to nobody", _ => $"gives it to {(Guid.TryParse(assign, out var id) ? names.GetValueOrDefault(id, Colleagues.Left) : Colleagues.Left)}" });
        if (snippet.Then is { } then)
            does.Add(then switch { "close" => "closes it", "later" => "puts it away for three hours", "tomorrow" => "puts it away until tomorrow", _ => "puts it away until Monday" });
        return new SnippetView(snippet.Id, snippet.Name, snippet.Text, tags, snippet.Assign, snippet.Then, does.Count == 0 ? null : string.Join(", ", does)) { Subject = snippet.Subject, Files = [.. along[snippet.Id]] };
    }
}
