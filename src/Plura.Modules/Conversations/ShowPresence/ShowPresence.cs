using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Somebody has a conversation before them, types in it, or has left it. Their page says so every fifteen seconds.</summary>
/// <param name="Id">The conversation.</param>
public sealed record ShowPresence(Guid Id, bool Typing, bool Left);

public sealed class ShowPresenceHandler(PluraDb db, ILive live, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(ShowPresence command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (actor is not { Kind: ActorKind.User, Id: { } me })
            return Refusal.Forbidden("presence.nobody", "Only a person looks at a conversation.");
        if (!await db.LiveConversations.AnyAsync(c => c.Id == command.Id, ct))
            return ConversationRefusals.Missing;
        var now = clock.GetUtcNow();
        var gone = now - Presence.Lasts;
        // Whoever is left behind by a dead browser goes when the next page speaks.
        var changed = await db.Presences.Where(p => p.ConversationId == command.Id && (p.SeenAt < gone || (command.Left && p.UserId == me))).ExecuteDeleteAsync(ct) > 0;
        if (!command.Left)
        {
            changed |= (await db.Database.SqlQuery<bool>($"""
                with before as (select typing from conversations.presence where tenant_id = {db.Tenant.Id} and conversation_id = {command.Id} and user_id = {me}),
                now as (
                    insert into conversations.presence (tenant_id, id, conversation_id, user_id, seen_at, typing)
                    values ({db.Tenant.Id}, {Guid.CreateVersion7(now)}, {command.Id}, {me}, {now}, {command.Typing})
                    on conflict (tenant_id, conversation_id, user_id) do update set seen_at = excluded.seen_at, typing = excluded.typing)
                select coalesce((select typing from before) is distinct from {command.Typing}, true) as "Value"
                """).ToListAsync(ct))[0];
        }

        if (changed)
            await live.Changed(ConversationPresence.TopicOf(command.Id), ct);
        return Result.Done;
    }
}

public static class ShowPresenceEndpoint
{
    public static void MapShowPresence(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/a/{account}/conversations/{id:guid}/presence", async (Guid id, [FromForm] IFormCollection form, ShowPresenceHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ShowPresence(id, form["typing"] == "true", form["left"] == "true"), ct)).Answer()).RequirePermission("conversations.read").WithName("ShowPresence");
}
