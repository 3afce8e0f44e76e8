using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>An empty page with the account's own widget, open, in which nothing can be sent: the frame of the settings page.</summary>
public static class ChatPreview
{
    public static void MapChatPreview(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/a/{account}/settings/chat/preview", async (PluraDb db, CancellationToken ct) =>
            await db.ChatSettings.AsNoTracking().Select(s => s.Key).SingleOrDefaultAsync(ct) is { } key
                ? Results.Content($"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"><title>Preview of the chat</title><script src=\"/chat/{key}.js?preview\" data-preview async></script></html>", "text/html; charset=utf-8")
                : Results.NotFound()).RequirePermission("conversations.chat").WithName("PreviewChat").FramedByUs();
}
