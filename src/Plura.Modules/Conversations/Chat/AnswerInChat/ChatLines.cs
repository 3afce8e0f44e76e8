using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>The answers of web chats for the ledger: what they say, and laying them before their visitor.</summary>
public sealed class ChatLines(PluraDb db, MessageSeal seal, ILive live, TimeProvider clock) : IChatLines
{
    public async Task<ChatLine?> Find(Guid line, CancellationToken ct)
    {
        if (await Of(line).AsNoTracking().SingleOrDefaultAsync(ct) is not { SessionId: { } session } message || await seal.Open(message, ct) is not { } text)
            return null;
        var with = await db.LiveConversations.Where(c => c.Id == message.ConversationId).Select(c => (Guid?)c.ContactId).SingleOrDefaultAsync(ct);
        return with is { } contact && await db.ChatSessions.AnyAsync(s => s.Id == session, ct) ? new ChatLine(session, contact, text.Text) : null;
    }

    public async Task<bool> HandOver(Guid line, CancellationToken ct)
    {
        if (await Of(line).SingleOrDefaultAsync(ct) is not { SessionId: { } session } message || !await db.ChatSessions.AnyAsync(s => s.Id == session, ct))
            return false;
        message.HandOver(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await live.Changed(ChatStream.Topic(session), ct);
        return true;
    }

    private IQueryable<Message> Of(Guid line) => db.Messages.Where(m => m.Id == line && m.Direction == Directions.Out && m.TakenBackAt == null);
}
