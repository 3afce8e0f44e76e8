using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Conversations.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Says who looks after a conversation, whoever had it before: one of those who may answer people and see the contact.</summary>
public sealed record AssignConversation
{
    public Guid Id { get; set; }

    /// <summary>A user's id, or <c>none</c>.</summary>
    [Required(ErrorMessage = "Choose who looks after it.")]
    public string Assignee { get; set; } = "";
}

public sealed class AssignConversationHandler(PluraDb db, Colleagues colleagues, ConversationNews news, Actor actor)
{
    public async Task<Result> Handle(AssignConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var wanted = await colleagues.Parse(command.Assignee, await colleagues.Answering(found.Value.ContactId, ct), ct);
        if (wanted.Refusal is { } unknown)
            return unknown;
        return await news.Change(command.Id, c =>
        {
            var before = c.AssigneeId;
            c.Assign(wanted.Value);
            if (before != c.AssigneeId)
                db.Publish(new ConversationAssigned(c.Id, c.ContactId, before, c.AssigneeId, actor.Kind == ActorKind.User ? actor.Id : null));
        }, ct);
    }
}

public static class AssignConversationEndpoint
{
    public static void MapAssignConversation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/conversations/{id:guid}/assign", async (Guid id, AssignConversation command, AssignConversationHandler handler, ReadConversations conversations, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => conversations.One(id, ct))).RequirePermission("conversations.write").WithName("AssignConversation");
}
