using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Puts a star on a conversation to find it again, or takes it off.</summary>
public sealed record StarConversation(Guid Id, bool Starred);

public sealed class StarConversationHandler(PluraDb db, ConversationNews news)
{
    public async Task<Result> Handle(StarConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        if (found.Value.Starred == command.Starred)
            return Result.Done;
        found.Value.Star(command.Starred);
        return await news.Save(command.Id, ct) is { } refused ? refused : Result.Done;
    }
}
