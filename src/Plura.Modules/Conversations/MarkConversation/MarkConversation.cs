using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Says that somebody has looked at what came, or that nobody has.</summary>
public sealed record MarkConversation(Guid Id, bool Unread);

public sealed class MarkConversationHandler(PluraDb db, ConversationNews news)
{
    public async Task<Result> Handle(MarkConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        if (found.Value.Unread == command.Unread)
            return Result.Done;
        found.Value.Mark(command.Unread);
        return await news.Save(command.Id, ct) is { } refused ? refused : Result.Done;
    }
}
