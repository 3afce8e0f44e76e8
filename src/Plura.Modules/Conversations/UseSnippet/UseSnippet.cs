using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A snippet as it is offered while somebody writes.</summary>
/// <param name="Text">Filled in for the contact; empty where it only does something.</param>
/// <param name="Does">What is done along with it, in words; null for nothing.</param>
public sealed record OfferedSnippet(Guid Id, string Name, string Text, string? Does);

/// <summary>Snippets in a conversation: their text for this contact, and what they do.</summary>
public sealed class UseSnippet(
    PluraDb db, Snippets snippets, IPhrases phrases, IContactDirectory contacts, AssignConversationHandler assign, CloseConversationHandler close, SnoozeConversationHandler snooze, Actor actor)
{
    public async Task<Result<IReadOnlyList<OfferedSnippet>>> Offer(Guid conversation, CancellationToken ct)
    {
        var found = await db.FindConversation(conversation, ct);
        if (found.Refusal is { } missing)
            return missing;
        var fill = await phrases.For(found.Value.ContactId, ct);
        return (await snippets.All(ct)).Select(s => new OfferedSnippet(s.Id, s.Name, fill(s.Text), s.Does)).ToList();
    }

    /// <summary>The text of one, filled in; null where there is none.</summary>
    public async Task<OfferedSnippet?> Text(Guid conversation, Guid snippet, CancellationToken ct) =>
        await db.FindConversation(conversation, ct) is { Ok: true, Value: var found } && await snippets.One(snippet, ct) is { } kept
            ? new OfferedSnippet(kept.Id, kept.Name, (await phrases.For(found.ContactId, ct))(kept.Text), kept.Does) : null;

    /// <summary>Does what the snippet says, all of it or nothing.</summary>
    public async Task<Result> Act(Guid conversation, Guid snippet, CancellationToken ct)
    {
        if (await snippets.One(snippet, ct) is not { } kept)
            return Snippets.Missing;
        var found = await db.FindConversation(conversation, ct);
        if (found.Refusal is { } missing)
            return missing;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var done = await Tag(kept, found.Value.ContactId, ct);
        if (done.Ok && kept.Assign is { } to)
            done = await assign.Handle(new AssignConversation { Id = conversation, Assignee = to == "me" ? actor is { Kind: ActorKind.User, Id: { } me } ? me.ToString() : "none" : to }, ct);
        if (done.Ok && kept.Then is { } then)
            done = then == "close" ? await close.Handle(new CloseConversation(conversation), ct) : await snooze.Handle(new SnoozeConversation { Id = conversation, Until = then }, ct);
        if (done.Ok && transaction is not null)
            await transaction.CommitAsync(ct);
        return done;
    }

    /// <summary>Whom nobody knows yet gets no tags.</summary>
    private async Task<Result> Tag(SnippetView kept, Guid contact, CancellationToken ct) =>
        kept.Tags.Count == 0 || !(await contacts.Cards([contact], ct)).ContainsKey(contact) ? Result.Done : await contacts.Tag(contact, kept.Tags, ct);
}
