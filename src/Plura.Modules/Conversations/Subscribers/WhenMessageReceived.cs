using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Whoever looks after the conversation is told that somebody wrote; where nobody does, all who may read it.</summary>
[Work("Telling your people that somebody wrote", Page = "conversations/{ConversationId}")]
public sealed class WhenMessageReceived(PluraDb db, INotices notices) : ISubscriber<MessageReceived>
{
    public async Task When(MessageReceived news, CancellationToken ct)
    {
        // Looked at or answered by now, or its contact deleted: there is nothing to tell.
        if (await db.LiveConversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == news.ConversationId && c.Unread, ct) is not { } conversation)
            return;
        await notices.PostAbout(new NoticeAbout(conversation.AssigneeId is null ? ConversationNotices.Waiting : ConversationNotices.Message, "{about} wrote to you.", ConversationNotices.Thing, conversation.Id) { User = conversation.AssigneeId }, ct);
    }
}

/// <summary>Somebody answered: nobody has to be told any more that it waits.</summary>
[Work("Putting away what was told of an answered message", Page = "conversations/{ConversationId}")]
public sealed class WhenMessageWritten(INotices notices) : ISubscriber<MessageWritten>
{
    public Task When(MessageWritten news, CancellationToken ct) => notices.Settle(ConversationNotices.Thing, news.ConversationId, ConversationNotices.Answered, ct);
}

/// <summary>Whoever got a conversation from somebody else is told; for those who waited that anybody takes it, it is done.</summary>
[Work("Telling one of your people that a conversation is theirs", Page = "conversations/{ConversationId}")]
public sealed class WhenConversationAssigned(PluraDb db, INotices notices) : ISubscriber<ConversationAssigned>
{
    public async Task When(ConversationAssigned news, CancellationToken ct)
    {
        // Only as it still stands: of three who were given it in a row the last one has it.
        if (await db.LiveConversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == news.ConversationId && c.AssigneeId == news.To, ct) is null)
            return;
        await notices.Settle(ConversationNotices.Thing, news.ConversationId, ConversationNotices.Answered, ct);
        if (news.To is { } to && to != news.By)
            await notices.PostAbout(new NoticeAbout(ConversationNotices.Given, "The conversation with {about} is yours now.", ConversationNotices.Thing, news.ConversationId) { User = to }, ct);
    }
}
