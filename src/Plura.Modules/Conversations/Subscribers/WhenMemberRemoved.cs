using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>The conversations of somebody who left go to whoever takes over, if anybody does.</summary>
[Work("Handing over the conversations of somebody who left")]
public sealed class WhenMemberRemoved(PluraDb db, ILive live, INotices notices) : ISubscriber<MemberRemoved>
{
    public async Task When(MemberRemoved news, CancellationToken ct)
    {
        if (news.HandTo is not { } next)
            return;
        var waiting = await db.LiveConversations.CountAsync(c => c.AssigneeId == news.UserId && c.State != ConversationStates.Closed, ct);
        await db.Conversations.Where(c => c.AssigneeId == news.UserId)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.AssigneeId, (Guid?)next).SetProperty(x => x.Version, x => x.Version + 1), ct);
        if (waiting > 0)
            notices.PostTo(next, ConversationNotices.Given, waiting == 1 ? "An open conversation of somebody who left is yours now." : $"{waiting:N0} open conversations of somebody who left are yours now.", "conversations?view=mine", "Conversations for you");
        await db.SaveChangesAsync(ct);
        await live.Changed(ConversationNews.Any, ct);
    }
}
