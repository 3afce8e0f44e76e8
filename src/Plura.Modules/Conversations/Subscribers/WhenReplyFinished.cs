using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A reply has left, came back or was withheld: whoever has its thread open sees it.</summary>
[Work("Showing what became of a reply")]
public sealed class WhenReplyFinished(PluraDb db, ConversationNews news) : ISubscriber<SendsFinished>
{
    public async Task When(SendsFinished told, CancellationToken ct)
    {
        if (told.Origin is not (Reply.Origin or IChatLines.Origin))
            return;
        if (await db.Messages.Where(m => m.Id == told.OriginId).Select(m => (Guid?)m.ConversationId).SingleOrDefaultAsync(ct) is { } conversation)
            await news.Ring(conversation, ct);
    }
}
