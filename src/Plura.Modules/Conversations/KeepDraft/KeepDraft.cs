using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Keeps what somebody has begun to write, as they write: a closed page or a dead battery loses nothing. Nothing written is no draft.</summary>
public sealed record KeepDraft
{
    /// <summary>The conversation.</summary>
    public Guid Id { get; set; }

    [StringLength(MessageText.Longest, ErrorMessage = "A message has at most 50,000 characters.")]
    public string? Text { get; set; }

    /// <summary>The newest message that its writer had seen: where they have written since, this came late, and its words are sent.</summary>
    public Guid? Seen { get; set; }
}

public sealed class KeepDraftHandler(PluraDb db, MessageSeal seal, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(KeepDraft command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (actor is not { Kind: ActorKind.User, Id: { } me })
            return Refusal.Forbidden("draft.nobody", "Only a person has drafts.");
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        if (command.Seen is { } seen && await db.Messages.AnyAsync(m => m.ConversationId == command.Id && m.AuthorId == me && m.Id > seen, ct))
            return Result.Done;
        var mine = await db.Drafts.AsNoTracking().Where(d => d.ConversationId == command.Id && d.UserId == me).Select(d => new { d.Id, d.SubjectId }).SingleOrDefaultAsync(ct);
        if (string.IsNullOrWhiteSpace(command.Text))
        {
            await db.Drafts.Where(d => d.ConversationId == command.Id && d.UserId == me).ExecuteDeleteAsync(ct);
            return Result.Done;
        }

        var now = clock.GetUtcNow();
        var text = new MessageText("", MessageText.Typed(command.Text));
        if (mine is not null)
        {
            var words = await seal.Seal(mine.SubjectId, mine.Id, text, ct);
            await db.Drafts.Where(d => d.Id == mine.Id).ExecuteUpdateAsync(d => d.SetProperty(x => x.Sealed, words).SetProperty(x => x.KeptAt, now), ct);
            return Result.Done;
        }

        // Where another tab of theirs begins one in this very moment, its words stand; the next letter that is typed here is kept again.
        var (id, subject) = (Guid.CreateVersion7(now), found.Value.ContactId);
        var begun = await seal.Seal(subject, id, text, ct);
        await db.Database.ExecuteSqlAsync($"""
            insert into conversations.draft (tenant_id, id, conversation_id, user_id, subject_id, sealed, begun_at, kept_at)
            values ({db.Tenant.Id}, {id}, {command.Id}, {me}, {subject}, {begun}, {now}, {now})
            on conflict do nothing
            """, ct);
        return Result.Done;
    }
}

/// <summary>A draft as its writer finds it again.</summary>
/// <param name="BegunAt">What others wrote since, its writer may not have read.</param>
public sealed record DraftView(string Text, DateTimeOffset BegunAt);

/// <summary>Reads and ends drafts.</summary>
public sealed class Drafts(PluraDb db, MessageSeal seal, ILive live, Actor actor)
{
    public async Task<DraftView?> Mine(Guid conversation, CancellationToken ct) =>
        actor is { Kind: ActorKind.User, Id: { } me } && await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.ConversationId == conversation && d.UserId == me, ct) is { } draft
        && await seal.Open(draft.SubjectId, draft.Id, draft.Sealed, ct) is { } words ? new DraftView(words.Text, draft.BegunAt) : null;

    /// <summary>What colleagues have begun to write goes with the conversation, under the key of whom it is with now. Who has begun something there too keeps that one.</summary>
    public async Task Move(Guid from, Conversation there, CancellationToken ct)
    {
        var drafts = await db.Drafts.AsNoTracking().Where(d => d.ConversationId == from).ToListAsync(ct);
        foreach (var draft in drafts)
        {
            if (await seal.Open(draft.SubjectId, draft.Id, draft.Sealed, ct) is not { } words)
                continue;
            var (sealedWords, writers) = (await seal.Seal(there.ContactId, draft.Id, words, ct), db.Drafts);
            await db.Drafts.Where(d => d.Id == draft.Id && (from == there.Id || !writers.Any(w => w.ConversationId == there.Id && w.UserId == draft.UserId)))
                .ExecuteUpdateAsync(s => s.SetProperty(d => d.ConversationId, there.Id).SetProperty(d => d.SubjectId, there.ContactId).SetProperty(d => d.Sealed, sealedWords), ct);
        }
    }

    /// <summary>It was sent, or kept as a note: nobody types it any more.</summary>
    public async Task End(Guid conversation, CancellationToken ct)
    {
        if (actor is not { Kind: ActorKind.User, Id: { } me })
            return;
        await db.Drafts.Where(d => d.ConversationId == conversation && d.UserId == me).ExecuteDeleteAsync(ct);
        if (await db.Presences.Where(p => p.ConversationId == conversation && p.UserId == me && p.Typing).ExecuteUpdateAsync(p => p.SetProperty(x => x.Typing, false), ct) > 0)
            await live.Changed(ConversationPresence.TopicOf(conversation), ct);
    }
}

public static class KeepDraftEndpoint
{
    public static void MapKeepDraft(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/a/{account}/conversations/{id:guid}/draft", async (Guid id, [FromForm] IFormCollection form, KeepDraftHandler handler, CancellationToken ct) =>
            (await handler.Handle(new KeepDraft { Id = id, Text = form["text"].ToString(), Seen = Guid.TryParse(form["seen"], out var seen) ? seen : null }, ct)).Answer()).RequirePermission("conversations.write").WithName("KeepDraft");
}
