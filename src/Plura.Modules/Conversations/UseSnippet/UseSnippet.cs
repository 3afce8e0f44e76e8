using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A snippet as it is offered while somebody writes.</summary>
/// <param name="Text">Filled in for the contact; empty where it only does something.</param>
/// <param name="Does">What is done and goes along with it, in words; null for nothing.</param>
/// <param name="Subject">Under which an e-mail with it goes; null for that of the conversation.</param>
public sealed record OfferedSnippet(Guid Id, string Name, string Text, string? Does, string? Subject);

/// <summary>Snippets in a conversation: their text for this contact, and what they do.</summary>
public sealed class UseSnippet(
    PluraDb db, Snippets snippets, Colleagues colleagues, IPhrases phrases, IContactDirectory contacts, AssignConversationHandler assign, CloseConversationHandler close, SnoozeConversationHandler snooze, Actor actor)
{
    public async Task<Result<IReadOnlyList<OfferedSnippet>>> Offer(Guid conversation, CancellationToken ct)
    {
        var found = await db.FindConversation(conversation, ct);
        if (found.Refusal is { } missing)
            return missing;
        var fill = await phrases.For(found.Value.ContactId, ct);
        return (await Fitting(found.Value.ContactId, ct)).Select(s => Of(s, fill)).ToList();
    }

    /// <summary>For whom nobody has chosen yet: with their merge fields.</summary>
    public async Task<IReadOnlyList<OfferedSnippet>> Offer(CancellationToken ct) => [.. (await snippets.All(ct)).Where(s => s.Text.Length > 0).Select(s => Of(s, text => text))];

    /// <summary>Without those that would give the conversation to somebody who may not answer this contact.</summary>
    public async Task<IReadOnlyList<SnippetView>> Fitting(Guid contact, CancellationToken ct)
    {
        var all = await snippets.All(ct);
        if (all.All(s => s.Assign is null or "me" or "none"))
            return all;
        var answering = (await colleagues.Answering(contact, ct)).Select(p => p.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(s => s.Assign is null or "me" or "none" || answering.Contains(s.Assign))];
    }

    /// <summary>The text of one, filled in; null where there is none.</summary>
    public async Task<OfferedSnippet?> Text(Guid conversation, Guid snippet, CancellationToken ct) =>
        await db.FindConversation(conversation, ct) is { Ok: true, Value: var found } && await snippets.One(snippet, ct) is { } kept
            ? Of(kept, await phrases.For(found.ContactId, ct)) : null;

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
        // Whoever pressed it chose nothing that could be marked: the sentence stands for all of it.
        return done.Refusal is { } refused ? refused with { Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) } : done;
    }

    private static OfferedSnippet Of(SnippetView kept, Func<string, string> fill) =>
        new(kept.Id, kept.Name, fill(kept.Text), kept.Along, kept.Subject is { } subject ? fill(subject).ReplaceLineEndings(" ").Trim() : null);

    /// <summary>Whom nobody knows yet gets no tags.</summary>
    private async Task<Result> Tag(SnippetView kept, Guid contact, CancellationToken ct) =>
        kept.Tags.Count == 0 || !(await contacts.Cards([contact], ct)).ContainsKey(contact) ? Result.Done : await contacts.Tag(contact, kept.Tags, ct);
}
