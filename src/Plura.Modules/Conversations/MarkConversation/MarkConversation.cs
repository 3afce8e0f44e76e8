using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Says that somebody has looked at what came, or that nobody has.</summary>
public sealed record MarkConversation(Guid Id, bool Unread);

public sealed class MarkConversationHandler(ConversationNews news, INotices notices, Actor actor)
{
    public async Task<Result> Handle(MarkConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var marked = await news.Change(command.Id, c => c.Mark(command.Unread), ct);
        if (marked.Ok && !command.Unread && actor is { Kind: ActorKind.User, Id: { } reader })
            await notices.Seen(ConversationNotices.Thing, command.Id, reader, ct);
        return marked;
    }
}
