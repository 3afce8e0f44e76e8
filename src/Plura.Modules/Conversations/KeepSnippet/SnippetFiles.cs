using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <param name="Size">In bytes.</param>
public sealed record SnippetFileView(Guid Id, string Name, long Size);

/// <summary>The files of snippets, on disk.</summary>
public sealed class SnippetFiles(PluraDb db, StoredFiles store, MessageFiles files, TimeProvider clock)
{
    private const int Most = 10;

    private readonly List<string> written = [];

    /// <summary>In the order in which they were added.</summary>
    public async Task<ILookup<Guid, SnippetFileView>> Of(IReadOnlyCollection<Guid> snippets, CancellationToken ct) =>
        (await db.SnippetFiles.AsNoTracking().Where(f => snippets.Contains(f.SnippetId)).OrderBy(f => f.Id).ToListAsync(ct)).ToLookup(f => f.SnippetId, f => new SnippetFileView(f.Id, f.Name, f.Size));

    /// <summary>Takes some away and adds others, before the snippet is saved. Answers the names of those on disk that nobody needs any more when it is.</summary>
    public async Task<Result<List<string>>> Change(Snippet snippet, IReadOnlyList<Guid> without, IReadOnlyList<GivenFile> added, CancellationToken ct)
    {
        var there = await db.SnippetFiles.Where(f => f.SnippetId == snippet.Id).ToListAsync(ct);
        var gone = there.Where(f => without.Contains(f.Id)).ToList();
        if (there.Count - gone.Count + added.Count > Most)
            return Refusal.Invalid("file.many", $"At most {Most} files go along with one snippet.", "Files");
        if (files.Check(added) is { } unfit)
            return Refusal.Invalid(unfit.Code, unfit.Text, "Files");
        foreach (var file in added)
        {
            using var bytes = new MemoryStream(file.Bytes, writable: false);
            var stored = await store.Store(bytes, ct);
            if (stored.Refusal is { } refusal)
                return Refusal.Invalid(refusal.Code, refusal.Text, "Files");
            written.Add(stored.Value.Name);
            db.SnippetFiles.Add(SnippetFile.Of(snippet, file.Name, stored.Value, clock.GetUtcNow()));
        }

        db.SnippetFiles.RemoveRange(gone);
        return gone.ConvertAll(f => f.StoredAs);
    }

    public void Remove(IReadOnlyList<string> stored)
    {
        foreach (var name in stored)
            store.Remove(name);
    }

    /// <summary>The snippet was not saved after all.</summary>
    public void Drop()
    {
        Remove(written);
        written.Clear();
    }

    /// <summary>All that go along with a snippet.</summary>
    public async Task<IReadOnlyList<GivenFile>> Open(Guid snippet, CancellationToken ct)
    {
        var found = new List<GivenFile>();
        foreach (var file in await db.SnippetFiles.AsNoTracking().Where(f => f.SnippetId == snippet).OrderBy(f => f.Id).ToListAsync(ct))
            found.Add(new GivenFile(file.Name, await Read(file, ct)));
        return found;
    }

    public async Task<byte[]> Read(SnippetFile file, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await using var source = store.Open(file.StoredAs);
        await source.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }
}
