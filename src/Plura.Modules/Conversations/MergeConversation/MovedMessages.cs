using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Moves messages between two conversations of one contact, with what hangs on them. Call it in a transaction.</summary>
public sealed class MovedMessages(PluraDb db)
{
    public Task Tell(Conversation conversation, CancellationToken ct) => Tell(conversation, db.Messages.Where(m => m.ConversationId == conversation.Id), ct);

    /// <summary>What the list shows of a conversation follows from the messages that stand in it now, or will in a moment.</summary>
    public static async Task Tell(Conversation conversation, IQueryable<Message> messages, CancellationToken ct)
    {
        var there = messages.AsNoTracking();
        var newest = await there.OrderByDescending(m => m.OccurredAt).ThenByDescending(m => m.Id).FirstOrDefaultAsync(ct);
        var came = await there.Where(m => m.Direction == Directions.In).OrderByDescending(m => m.OccurredAt).ThenByDescending(m => m.Id).FirstOrDefaultAsync(ct);
        conversation.Hold(newest, came);
    }

    /// <summary>Moves those of them that still stand there.</summary>
    public async Task Move(IReadOnlyList<Guid> messages, Guid from, Guid into, CancellationToken ct)
    {
        var ids = messages.ToArray();
        var tenant = db.Tenant.Id;
        await db.Database.ExecuteSqlAsync(
            $"""
            with moved as (update conversations.message set conversation_id = {into} where tenant_id = {tenant} and conversation_id = {from} and id = any({ids}) returning id)
            update conversations.mention n set conversation_id = {into} from moved where n.tenant_id = {tenant} and n.message_id = moved.id
            """, ct);
        // A visitor who is still there goes on where their newest words stand.
        await db.Database.ExecuteSqlAsync(
            $"""
            update conversations.chat_session s set conversation_id = (
                select m.conversation_id from conversations.message m where m.tenant_id = {tenant} and m.session_id = s.id order by m.occurred_at desc, m.id desc limit 1)
            where s.tenant_id = {tenant} and s.id in (select session_id from conversations.message where tenant_id = {tenant} and id = any({ids}) and session_id is not null)
            """, ct);
    }
}
