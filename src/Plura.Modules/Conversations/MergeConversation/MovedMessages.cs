using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Moves messages between two conversations of one contact, with what hangs on them. Call it in a transaction.</summary>
public sealed class MovedMessages(PluraDb db)
{
    /// <summary>All of a conversation.</summary>
    public Task<List<Guid>> All(Guid from, Guid into, CancellationToken ct) => Move(from, into, db.Database.SqlQuery<Guid>(
        $"""select id as "Value" from conversations.message where tenant_id = {db.Tenant.Id} and conversation_id = {from}"""), ct);

    /// <summary>Those that were written before one of them.</summary>
    public Task<List<Guid>> Before(Message first, Guid into, CancellationToken ct) => Move(first.ConversationId, into, db.Database.SqlQuery<Guid>(
        $"""select id as "Value" from conversations.message where tenant_id = {db.Tenant.Id} and conversation_id = {first.ConversationId} and (occurred_at, id) < ({first.OccurredAt}, {first.Id})"""), ct);

    /// <summary>Those of them that still stand there.</summary>
    public Task<List<Guid>> These(IReadOnlyList<Guid> messages, Guid from, Guid into, CancellationToken ct) => Move(from, into, db.Database.SqlQuery<Guid>(
        $"""select id as "Value" from conversations.message where tenant_id = {db.Tenant.Id} and conversation_id = {from} and id = any({messages.ToArray()})"""), ct);

    public Task Tell(Conversation conversation, CancellationToken ct) => Tell(conversation, db.Messages.Where(m => m.ConversationId == conversation.Id), ct);

    /// <summary>What the list shows of a conversation follows from the messages that stand in it now, or will in a moment.</summary>
    public static async Task Tell(Conversation conversation, IQueryable<Message> messages, CancellationToken ct)
    {
        var there = messages.AsNoTracking();
        var newest = await there.OrderByDescending(m => m.OccurredAt).ThenByDescending(m => m.Id).FirstOrDefaultAsync(ct);
        var came = await there.Where(m => m.Direction == Directions.In).OrderByDescending(m => m.OccurredAt).ThenByDescending(m => m.Id).FirstOrDefaultAsync(ct);
        conversation.Hold(newest, came);
    }

    private async Task<List<Guid>> Move(Guid from, Guid into, IQueryable<Guid> which, CancellationToken ct)
    {
        var ids = (await which.ToListAsync(ct)).ToArray();
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
        return [.. ids];
    }
}
