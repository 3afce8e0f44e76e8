using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Whether somebody wrote while an answer was being written, without its writer having seen it: once it is refused, and they read first.</summary>
public sealed class StaleAnswer(PluraDb db, Colleagues colleagues, IContactDirectory contacts, Actor actor)
{
    public async Task<Refusal?> Find(Conversation conversation, Guid? seen, CancellationToken ct)
    {
        if (seen is not { } id || id == conversation.LastMessageId)
            return null;
        var from = await db.Messages.AsNoTracking().Where(m => m.Id == id && m.ConversationId == conversation.Id).Select(m => new { m.OccurredAt, m.Id }).SingleOrDefaultAsync(ct);
        if (from is null)
            return null;
        var newer = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation.Id && m.Direction != Directions.Note && (m.AuthorId == null || m.AuthorId != actor.Id) && (m.OccurredAt > from.OccurredAt || (m.OccurredAt == from.OccurredAt && m.Id > from.Id)))
            .OrderByDescending(m => m.OccurredAt).ThenByDescending(m => m.Id).Select(m => new { m.Direction, m.AuthorId }).FirstOrDefaultAsync(ct);
        if (newer is null)
            return null;
        var who = newer.Direction == Directions.In
            ? (await contacts.Cards([conversation.ContactId], ct)).GetValueOrDefault(conversation.ContactId)?.Name ?? "They"
            : newer.AuthorId is { } author ? await colleagues.Name(author, ct) : "A program";
        return Refusal.Conflict("reply.stale", $"{who} {(newer.Direction == Directions.In ? "wrote" : "answered")} while you were writing. Read it above; send yours again if it is still right.");
    }
}
