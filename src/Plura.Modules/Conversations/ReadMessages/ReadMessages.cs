using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A message as it is shown.</summary>
public sealed record MessageView
{
    public required Guid Id { get; init; }

    public required Guid Conversation { get; init; }

    /// <summary><c>in</c>, <c>out</c> or <c>note</c>.</summary>
    public required string Direction { get; init; }

    /// <summary><c>email</c>, <c>sms</c> or <c>chat</c>; empty for a note.</summary>
    public required string Channel { get; init; }

    /// <summary>The user who wrote it; null for the contact, and for programs.</summary>
    public Guid? Author { get; init; }

    public string? AuthorName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Its contact was erased: nobody can read what it said.</summary>
    public required bool Erased { get; init; }

    public string? Subject { get; init; }

    public string? Text { get; init; }

    /// <summary>What came or goes along.</summary>
    public IReadOnlyList<MessageFileView> Files { get; init; } = [];

    /// <summary>It was longer than is kept.</summary>
    public bool Cut { get; init; }

    /// <summary>Nobody wrote it: their mail program did, or the inbox by its own rules.</summary>
    public bool Automatic { get; init; }

    /// <summary>It came as a page, which can be looked at.</summary>
    public bool HasHtml { get; init; }

    /// <summary>The page shows pictures that lie elsewhere: whoever has them learns who looks at it, and when.</summary>
    public bool HasPictures { get; init; }

    /// <summary>When a reply is to leave that was written for later.</summary>
    public DateTimeOffset? LeavesAt { get; init; }

    /// <summary>How a reply stands on its way; null for everything else.</summary>
    public Delivery? Delivery { get; init; }
}

/// <summary>Reads the messages of a conversation, newest first, by key.</summary>
public sealed class ReadMessages(PluraDb db, MessageSeal seal, Colleagues colleagues, Deliveries deliveries, MessageFiles files, AuditTrail trail)
{
    public const int PageSize = 50;

    public async Task<MessageView?> One(Guid id, CancellationToken ct) =>
        await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is { } message
            ? (await Views([message], await db.Conversations.Where(c => c.Id == message.ConversationId).Select(c => c.ContactId).SingleAsync(ct), ct))[0] : null;

    public async Task<Result<Page<MessageView>>> Of(Guid conversation, string? cursor, int limit, CancellationToken ct)
    {
        var contact = await db.LiveConversations.Where(c => c.Id == conversation).Select(c => (Guid?)c.ContactId).SingleOrDefaultAsync(ct);
        if (contact is null)
            return ConversationRefusals.Missing;
        var rows = db.Messages.AsNoTracking().Where(m => m.ConversationId == conversation);
        if (cursor is not null)
        {
            if (TimeCursor.Read(cursor) is not { } from)
                return TimeCursor.Unknown;
            var (at, id) = from;
            rows = rows.Where(m => m.OccurredAt < at || (m.OccurredAt == at && m.Id < id));
        }

        var found = await rows.OrderByDescending(m => m.OccurredAt).ThenByDescending(m => m.Id).Take(limit + 1).ToListAsync(ct);
        var more = found.Count > limit;
        if (more)
            found.RemoveAt(found.Count - 1);
        trail.Saw(1);
        return new Page<MessageView>(await Views(found, contact.Value, ct), more ? TimeCursor.Write(found[^1].OccurredAt, found[^1].Id) : null);
    }

    /// <summary>The page that a message was sent as; null where there is none, or it cannot be read any more.</summary>
    public async Task<string?> Html(Guid conversation, Guid id, CancellationToken ct) =>
        await db.LiveConversations.AnyAsync(c => c.Id == conversation, ct)
        && await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.ConversationId == conversation, ct) is { } message
            ? (await seal.Open(message, ct))?.Html : null;

    private async Task<IReadOnlyList<MessageView>> Views(IReadOnlyList<Message> messages, Guid contact, CancellationToken ct)
    {
        var words = await seal.Open(messages, ct);
        var names = await colleagues.Names(ct);
        var sent = await deliveries.Of(contact, messages, ct);
        var along = await files.Of(messages, ct);
        return [.. messages.Select(m => View(m, words.GetValueOrDefault(m.Id), m.AuthorId is { } author ? names.GetValueOrDefault(author, Colleagues.Left) : null, sent.GetValueOrDefault(m.Id)) with { Files = MessageFiles.Views(words.GetValueOrDefault(m.Id), along.GetValueOrDefault(m.Id)) })];
    }

    private static MessageView View(Message message, MessageText? words, string? author, Delivery? delivery) => new()
    {
        Id = message.Id,
        Conversation = message.ConversationId,
        Direction = message.Direction,
        Channel = message.Channel,
        Author = message.AuthorId,
        AuthorName = author,
        At = message.OccurredAt,
        Erased = words is null,
        Subject = words?.Subject,
        Text = words?.Text,
        Cut = words?.Cut ?? false,
        Automatic = words?.Automatic ?? false,
        HasHtml = words?.Html is not null,
        HasPictures = words?.Html?.Contains("src=\"http", StringComparison.OrdinalIgnoreCase) ?? false,
        LeavesAt = message.LeavesAt,
        Delivery = delivery,
    };
}

public static class ReadMessagesEndpoint
{
    public static void MapReadMessages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/conversations/{id:guid}/messages", async (Guid id, string? cursor, int? limit, ReadMessages messages, CancellationToken ct) =>
            (await messages.Of(id, cursor, Math.Clamp(limit ?? ReadMessages.PageSize, 1, 200), ct)).Answer(Results.Ok))
            .RequirePermission("conversations.read").WithName("ReadMessages").ReadsPersonalData("conversations.read");

        // In a frame of its own, with a policy of its own: its styles, and nothing that runs or loads; pictures from elsewhere only when somebody asks for them.
        routes.MapGet("/a/{account}/conversations/{id:guid}/messages/{message:guid}/html", async (Guid id, Guid message, bool? pictures, HttpContext http, ReadMessages messages, CancellationToken ct) =>
        {
            if (await messages.Html(id, message, ct) is not { } html)
                return Results.NotFound();
            http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; img-src data:{(pictures == true ? " https: http:" : "")}; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";
            http.Response.Headers.XFrameOptions = "SAMEORIGIN";
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Results.Content($"<!DOCTYPE html><meta charset=\"utf-8\"><base target=\"_blank\">{html}", "text/html; charset=utf-8");
        }).RequirePermission("conversations.read").WithName("ShowMessageHtml").ReadsPersonalData("conversations.read");
    }
}
