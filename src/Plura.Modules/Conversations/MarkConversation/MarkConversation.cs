using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Says that somebody has looked at what came, or that nobody has.</summary>
public sealed record MarkConversation(Guid Id, bool Unread);

public sealed class MarkConversationHandler(ConversationNews news)
{
    public async Task<Result> Handle(MarkConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await news.Change(command.Id, c => c.Mark(command.Unread), ct);
    }
}
