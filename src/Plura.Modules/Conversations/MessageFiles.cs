using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>A file as it came, or as somebody attaches it.</summary>
/// <param name="Missing">Why it is not there, as <see cref="MessageFiles"/> words it; null where it is.</param>
public sealed record GivenFile(string Name, byte[] Bytes, string? Missing = null);

/// <summary>A file of a message as it is shown.</summary>
/// <param name="Id">Null where only its name is known.</param>
/// <param name="Size">Bytes; zero where only its name is known.</param>
/// <param name="NotKept">Why it cannot be downloaded, in words; null where it can.</param>
public sealed record MessageFileView(Guid? Id, string Name, long Size, string? NotKept);

/// <summary>Keeps the files of messages: sealed under their contact's key, on disk, and only what can do no harm by being opened.</summary>
public sealed class MessageFiles(PluraDb db, StoredFiles store, ISubjectTexts texts, MessageSeal seal)
{
    public const int Most = 50;

    /// <summary>It came with a text, and could not be fetched.</summary>
    public const string Gone = "gone";

    private readonly List<string> written = [];

    /// <summary>Before the message is saved: its names stand in its text in the same order.</summary>
    public async Task Keep(Message message, IReadOnlyList<GivenFile> files, CancellationToken ct)
    {
        for (var place = 0; place < Math.Min(files.Count, Most); place++)
        {
            var (file, id) = (files[place], Guid.CreateVersion7(message.OccurredAt));
            if (Wrong(file) is { } why)
            {
                db.MessageFiles.Add(MessageFile.NotKept(id, message, place, file.Bytes.LongLength, why));
                continue;
            }

            using var bytes = new MemoryStream(await texts.SealFile(message.SubjectId, id, file.Bytes, ct), writable: false);
            var stored = await store.Store(bytes, ct);
            if (stored.Refusal is not null)
            {
                db.MessageFiles.Add(MessageFile.NotKept(id, message, place, file.Bytes.LongLength, "size"));
                continue;
            }

            written.Add(stored.Value.Name);
            db.MessageFiles.Add(MessageFile.Kept(id, message, place, file.Bytes.LongLength, stored.Value.Name));
        }
    }

    /// <summary>The message was not saved after all: what lies on disk for it goes.</summary>
    public void Drop()
    {
        written.ForEach(store.Remove);
        written.Clear();
    }

    /// <summary>What a person attaches is refused at once, in words.</summary>
    public Refusal? Check(IReadOnlyList<GivenFile> files)
    {
        if (files.Count > 10)
            return Refusal.Invalid("file.many", "Attach at most ten files to one message.", nameof(SendReply.Text));
        if (files.Sum(f => f.Bytes.LongLength) > 20_000_000)
            return Refusal.Invalid("file.too_large", "These files are larger than 20 MB together, more than most mail servers take. Put them elsewhere and write their address.", nameof(SendReply.Text));
        foreach (var file in files)
        {
            if (Wrong(file) is { } why)
                return Refusal.Invalid($"file.{why}", $"“{file.Name}” cannot be attached: {Words(why)}", nameof(SendReply.Text));
        }

        return null;
    }

    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<MessageFile>>> Of(IReadOnlyCollection<Message> messages, CancellationToken ct)
    {
        var ids = messages.Select(m => m.Id).ToList();
        return (await db.MessageFiles.AsNoTracking().Where(f => ids.Contains(f.MessageId)).OrderBy(f => f.Place).ToListAsync(ct))
            .GroupBy(f => f.MessageId).ToDictionary(g => g.Key, g => (IReadOnlyList<MessageFile>)[.. g]);
    }

    public static IReadOnlyList<MessageFileView> Views(MessageText? text, IReadOnlyList<MessageFile>? kept) =>
        text is null ? [] : [.. text.Files.Select((name, place) => kept?.FirstOrDefault(f => f.Place == place) is { } file
            ? new MessageFileView(file.Id, name, file.Size, file.Refused is { } why ? Words(why) : null)
            : new MessageFileView(null, name, 0, "only its name is known."))];

    /// <summary>The file's name and bytes; null where it is not kept, or its contact was erased.</summary>
    public async Task<GivenFile?> Open(Guid conversation, Guid id, CancellationToken ct)
    {
        if (!await db.LiveConversations.AnyAsync(c => c.Id == conversation, ct)
            || await db.MessageFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct) is not { StoredAs: not null } file
            || await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == file.MessageId && m.ConversationId == conversation, ct) is not { } message
            || await seal.Open(message, ct) is not { } text)
            return null;
        return await Open(file, text, ct);
    }

    /// <summary>All that go with a message.</summary>
    public async Task<IReadOnlyList<GivenFile>> Open(Message message, MessageText text, CancellationToken ct)
    {
        var found = new List<GivenFile>();
        foreach (var file in await db.MessageFiles.AsNoTracking().Where(f => f.MessageId == message.Id && f.StoredAs != null).OrderBy(f => f.Place).ToListAsync(ct))
            found.Add(await Open(file, text, ct) ?? throw new InvalidOperationException("A file of an answer is not on disk any more."));
        return found;
    }

    /// <summary>Those of a conversation go from the disk; their rows go with it.</summary>
    public async Task Forget(Guid conversation, CancellationToken ct)
    {
        foreach (var name in await db.MessageFiles.Where(f => f.StoredAs != null && db.Set<Message>().Any(m => m.TenantId == f.TenantId && m.Id == f.MessageId && m.ConversationId == conversation)).Select(f => f.StoredAs!).ToListAsync(ct))
            store.Remove(name);
    }

    private async Task<GivenFile?> Open(MessageFile file, MessageText text, CancellationToken ct)
    {
        if (file.StoredAs is not { } stored || !store.Exists(stored))
            return null;
        using var bytes = new MemoryStream();
        await using (var source = store.Open(stored))
            await source.CopyToAsync(bytes, ct);
        return await texts.OpenFile(file.SubjectId, file.Id, bytes.ToArray(), ct) is { } plain ? new GivenFile(text.Files.ElementAtOrDefault(file.Place) ?? "file", plain) : null;
    }

    private string? Wrong(GivenFile file) =>
        file.Missing is { } missing ? missing
        : FileKinds.Name(file.Name).Refusal is not null ? "kind"
        : file.Bytes.LongLength > store.Largest || file.Bytes.Length == 0 ? "size"
        : FileKinds.IsDisguised(file.Name, file.Bytes) ? "disguised" : null;

    private static string Words(string why) => why switch
    {
        "kind" => "files of this kind can do harm when they are opened.",
        "disguised" => "it is not what its name says.",
        Gone => "the phone company did not hand it over.",
        _ => "it is empty or too large.",
    };
}

public static class MessageFilesEndpoint
{
    public static void MapMessageFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/a/{account}/conversations/{id:guid}/files/{file:guid}", Give).RequirePermission("conversations.read").WithName("DownloadMessageFile").ReadsPersonalData("conversations.read");
        routes.MapGet("/api/v1/conversations/{id:guid}/files/{file:guid}", Give).RequirePermission("conversations.read").WithName("ReadMessageFile").ReadsPersonalData("conversations.read");
    }

    private static async Task<IResult> Give(Guid id, Guid file, HttpContext http, MessageFiles files, CancellationToken ct) =>
        await files.Open(id, file, ct) is { } found ? FileAnswers.Download(http, new MemoryStream(found.Bytes, writable: false), found.Name)
            : Refusal.NotFound("file.missing", "This file is not here any more, or its contact was erased.").Problem();
}
