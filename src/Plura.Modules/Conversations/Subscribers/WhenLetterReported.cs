using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>An answer came back after all, or waits on its way: whoever has its thread open sees it.</summary>
[Work("Showing what became of a reply after it left")]
public sealed class WhenLetterReported(PluraDb db, ConversationNews news) : ISubscriber<LetterReported>
{
    public async Task When(LetterReported told, CancellationToken ct)
    {
        if (told.Origin != Reply.Origin)
            return;
        if (await db.Messages.Where(m => m.Id == told.OriginId).Select(m => (Guid?)m.ConversationId).SingleOrDefaultAsync(ct) is { } conversation)
            await news.Ring(conversation, ct);
    }
}
