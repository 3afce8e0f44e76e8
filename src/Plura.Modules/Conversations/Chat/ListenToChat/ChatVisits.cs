using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>What a stream notes of its visitor: that they are here, what they took, that they left. Set-based: a heartbeat loads nothing.</summary>
public sealed class ChatVisits(PluraDb db, MessageSeal seal, ConversationNews news, TimeProvider clock)
{
    public const string You = "you";
    public const string Them = "them";

    /// <summary>They are here. False where the session is gone.</summary>
    public async Task<bool> Come(Guid session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.ChatSessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == session, ct) is not { } before)
            return false;
        await db.ChatSessions.Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.HereAt, now).SetProperty(x => x.LeftAt, (DateTimeOffset?)null), ct);
        if (before is { ConversationId: { } conversation } && before.AwaySince(now) is not null)
            await news.Ring(conversation, ct);
        return true;
    }

    /// <summary>The session's messages in order, those that may be shown and can be read.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="after">One that is there already: what was laid before them since, and a little before, for what came at the same moment.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<ChatItem>> Messages(Guid session, Guid? after, CancellationToken ct)
    {
        var rows = db.Messages.AsNoTracking().Where(m => m.SessionId == session && m.HandedAt != null);
        if (after is { } last)
        {
            var since = await rows.Where(m => m.Id == last).Select(m => m.HandedAt).SingleOrDefaultAsync(ct) - Overlap;
            rows = rows.Where(m => m.Id != last && (since == null || m.HandedAt >= since));
        }

        var found = await rows.OrderBy(m => m.HandedAt).ThenBy(m => m.Id).ToListAsync(ct);
        var words = await seal.Open(found, ct);
        return [.. found.Where(m => words.ContainsKey(m.Id)).Select(m => new ChatItem(m.Id, m.Direction == Directions.In ? You : Them, words[m.Id].Text, m.OccurredAt))];
    }

    /// <summary>The stream took these answers. One that was mailed in the meantime stays mailed.</summary>
    public async Task<int> Took(IReadOnlyCollection<Guid> answers)
    {
        if (answers.Count == 0)
            return 0;
        var now = clock.GetUtcNow();
        // Not the stream's token: they were written, whether its page is still there or not.
        var seen = await db.Messages.Where(m => answers.Contains(m.Id) && m.SeenAt == null && m.MailedWith == null).ExecuteUpdateAsync(m => m.SetProperty(x => x.SeenAt, now));
        if (seen > 0)
        {
            foreach (var conversation in await db.Messages.Where(m => answers.Contains(m.Id)).Select(m => m.ConversationId).Distinct().ToListAsync())
                await news.Ring(conversation, CancellationToken.None);
        }

        return seen;
    }

    /// <summary>A stream ended. Where another is open, its next heartbeat says that they are still here.</summary>
    public async Task<int> Leave(Guid session)
    {
        var now = clock.GetUtcNow();
        var left = await db.ChatSessions.Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.LeftAt, now).SetProperty(x => x.HereAt, now));
        if (await db.ChatSessions.Where(s => s.Id == session).Select(s => s.ConversationId).SingleOrDefaultAsync() is { } conversation)
            await news.Ring(conversation, CancellationToken.None);
        return left;
    }

    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);
}
