using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Puts a star on a conversation to find it again, or takes it off.</summary>
public sealed record StarConversation(Guid Id, bool Starred);

public sealed class StarConversationHandler(ConversationNews news)
{
    public async Task<Result> Handle(StarConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await news.Change(command.Id, c => c.Star(command.Starred), ct);
    }
}
