using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>What a program writes into a conversation.</summary>
public sealed record WriteMessage
{
    /// <summary><c>reply</c>, which leaves in ten seconds (in the web chat at once), or <c>note</c>, which only colleagues see.</summary>
    [Required(ErrorMessage = "Say whether it is a “reply” or a “note”."), RegularExpression("reply|note", ErrorMessage = "A message is a “reply” or a “note”.")]
    public string Kind { get; set; } = "";

    /// <summary>Of a reply: <c>email</c> or <c>sms</c>; left out for the channel by which the contact wrote last.</summary>
    public string? Channel { get; set; }

    public string Text { get; set; } = "";
}

public static class WriteMessageEndpoint
{
    public static void MapWriteMessage(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/conversations/{id:guid}/messages", async (Guid id, WriteMessage message, SendReplyHandler reply, WriteNoteHandler note, ReadMessages messages, CancellationToken ct) =>
        {
            if (message.Invalid() is { } invalid)
                return invalid.Problem();
            var written = message.Kind == "note"
                ? await note.Handle(new WriteNote { Id = id, Text = message.Text }, ct)
                : await reply.Handle(new SendReply { Id = id, Channel = message.Channel, Text = message.Text }, ct);
            return written.Refusal is { } refusal ? refusal.Problem() : Results.Created($"/api/v1/conversations/{id}/messages", await messages.One(written.Value, ct));
        }).RequirePermission("conversations.write").WithName("WriteMessage");
}
