using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>The time of a snoozed conversation has come. One that was opened or put away anew meanwhile stays as it is.</summary>
public sealed record WakeConversation(Guid ConversationId) : IJob;

[Work("Bringing a snoozed conversation back", Page = "conversations/{ConversationId}")]
public sealed class WakeConversationHandler(PluraDb db, ConversationNews news, TimeProvider clock) : IJobHandler<WakeConversation>
{
    public async Task Run(WakeConversation job, CancellationToken ct)
    {
        if (await db.FindConversation(job.ConversationId, ct) is not { Ok: true, Value: { State: ConversationStates.Snoozed } conversation } || conversation.SnoozedUntil > clock.GetUtcNow())
            return;
        conversation.Wake();
        // Somebody does something with it at this moment: then the next try looks again.
        if (await news.Save(conversation.Id, ct) is { } refused)
            throw new InvalidOperationException(refused.Code);
    }
}
