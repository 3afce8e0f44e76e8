using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Saves a change of a conversation, and tells the open lists and threads of it.</summary>
public sealed class ConversationNews(PluraDb db, ILive live)
{
    /// <summary>What rings when any conversation of the account changes.</summary>
    public const string Any = "conversations";

    public static string Topic(Guid conversation) => $"conversation:{conversation}";

    /// <summary>Finds a conversation, changes it and saves; what leaves it as it stood (a second press of a button, a colleague with the same idea) is no change.</summary>
    public async Task<Result> Change(Guid conversation, Action<Conversation> change, CancellationToken ct)
    {
        var found = await db.FindConversation(conversation, ct);
        if (found.Refusal is { } missing)
            return missing;
        var before = found.Value.Version;
        change(found.Value);
        return found.Value.Version != before && await Save(conversation, ct) is { } refused ? refused : Result.Done;
    }

    /// <summary>Refused where somebody was quicker.</summary>
    public async Task<Refusal?> Save(Guid conversation, CancellationToken ct)
    {
        try
        {
            if (await db.SaveUnless("conversation_open_once", ConversationRefusals.AnotherOpen, ct) is { } another)
                return another;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ConversationRefusals.ChangedElsewhere;
        }

        await Ring(conversation, ct);
        return null;
    }

    public async Task Ring(Guid conversation, CancellationToken ct)
    {
        await live.Changed(Any, ct);
        await live.Changed(Topic(conversation), ct);
    }
}
