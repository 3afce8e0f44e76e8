using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Who has a conversation before them on a page that is in sight: it speaks only then.</summary>
public sealed class WhoLooks(PluraDb db, TimeProvider clock) : IKnowWhoLooks
{
    public string Thing => ConversationNotices.Thing;

    public Task<bool> Looks(Guid id, Guid user, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Presence.Lasts;
        return db.Presences.AnyAsync(p => p.ConversationId == id && p.UserId == user && p.SeenAt >= since, ct);
    }
}
