using Plura.Conversations.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Takes a conversation that nobody has. Of two who do it at once one has it, and the other reads who.</summary>
public sealed record ClaimConversation(Guid Id);

public sealed class ClaimConversationHandler(PluraDb db, Colleagues colleagues, ConversationNews news, Actor actor)
{
    private const int Tries = 5;

    public async Task<Result> Handle(ClaimConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (actor is not { Kind: ActorKind.User, Id: { } me })
            return Refusal.Forbidden("conversation.nobody", "Only a person can take a conversation.");
        for (var once = 0; once < Tries; once++)
        {
            var found = await db.FindConversation(command.Id, ct);
            if (found.Refusal is { } missing)
                return missing;
            if (found.Value.AssigneeId == me)
                return Result.Done;
            if (found.Value.AssigneeId is { } other)
                return ConversationRefusals.Taken(await colleagues.Name(other, ct));
            found.Value.Assign(me);
            db.Publish(new ConversationAssigned(found.Value.Id, found.Value.ContactId, null, me, me));
            if (await news.Save(command.Id, ct) is null)
                return Result.Done;
            // Somebody was quicker, or a message came: how it stands now decides.
            db.ChangeTracker.Clear();
        }

        return ConversationRefusals.ChangedElsewhere;
    }
}
