using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Accounts.Contracts;
using Plura.Conversations;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>A website with the demo's chat on it, so that one can play the visitor: <c>/dev/chat</c>, or <c>/dev/chat?account=slug</c> for another account.</summary>
internal static class DevChat
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/dev/chat", async (string? account, IAccountDirectory accounts, ChatEntrance chats, CancellationToken ct) =>
        {
            var key = await accounts.AccountBySlug(account ?? "demo", ct) is { } found ? await chats.KeyOf(found.Id, ct) : null;
            return Results.Content(Page(key), "text/html; charset=utf-8");
        }).WithName("PlayVisitor").Public("Plays somebody's website; it is mapped in development only");

    private static string Page(string? key) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>A website with the chat</title>
        <h1>A website with the chat</h1>
        <p>{(key is null ? "This account has not set up its web chat. Switch it on in its settings, under “Web chat”." : "You are a visitor here. The button at the lower right opens the chat; answer as the business from its conversations.")}</p>
        {(key is null ? "" : $"<script src=\"/chat/{key}.js\" async></script>")}
        </html>
        """;
}
