using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Says who looks after a conversation, whoever had it before.</summary>
public sealed record AssignConversation
{
    public Guid Id { get; set; }

    /// <summary>A user's id, or <c>none</c>.</summary>
    [Required(ErrorMessage = "Choose who looks after it.")]
    public string Assignee { get; set; } = "";
}

public sealed class AssignConversationHandler(Colleagues colleagues, ConversationNews news)
{
    public async Task<Result> Handle(AssignConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var wanted = await colleagues.Parse(command.Assignee, ct);
        if (wanted.Refusal is { } unknown)
            return unknown;
        return await news.Change(command.Id, c => c.Assign(wanted.Value), ct);
    }
}

public static class AssignConversationEndpoint
{
    public static void MapAssignConversation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/conversations/{id:guid}/assign", async (Guid id, AssignConversation command, AssignConversationHandler handler, ReadConversations conversations, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => conversations.One(id, ct))).RequirePermission("conversations.write").WithName("AssignConversation");
}
