using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Conversations;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>A website with the demo's chat on it, so that one can play the visitor: <c>/dev/chat</c>, or <c>/dev/chat?account=slug</c> for another account.</summary>
internal static class DevChat
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/dev/inbound/chat", Play).WithName("PlayChat").Public("Plays a visitor; it is mapped in development only");
        routes.MapGet("/dev/chat", async (string? account, IAccountDirectory accounts, ChatEntrance chats, CancellationToken ct) =>
        {
            var key = await accounts.AccountBySlug(account ?? IDemoAccount.Slug, ct) is { } found ? await chats.KeyOf(found.Id, ct) : null;
            return Results.Content(Page(key), "text/html; charset=utf-8");
        }).WithName("PlayVisitor").Public("Plays somebody's website; it is mapped in development only");
    }

    /// <summary>A visitor writes: in the session that an earlier answer named, else in a new one. Whoever gives an address as the sender introduces themselves by it.</summary>
    private static async Task<IResult> Play(PlayedChat played, IAccountDirectory accounts, ChatCalls calls, TimeProvider clock, CancellationToken ct)
    {
        if (await accounts.AccountBySlug(played.To is { Length: > 0 } to ? to.Split('@')[0] : IDemoAccount.Slug, ct) is not { } account)
            return Refusal.NotFound("chat.missing", "No account is called so.").Problem();
        var session = played.Session;
        if (session is null)
        {
            var begun = await calls.In(account.Id, async s =>
            {
                var token = await s.GetRequiredService<BeginChatHandler>().Handle(new BeginChat { Website = "played.test" }, ct);
                return token.Refusal is { } no ? (Result<Guid>)no : await s.GetRequiredService<ChatEntrance>().SessionOf(token.Value, ct);
            });
            if (begun.Refusal is { } refused)
                return refused.Problem();
            session = begun.Value;
        }

        var written = await calls.In(account.Id, s => s.GetRequiredService<WriteInChatHandler>().Handle(new WriteInChat { Session = session.Value, Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString(), Text = played.Text ?? "" }, ct));
        if (written.Refusal is { } unwritten)
            return unwritten.Problem();
        if (played.From is { Length: > 0 } from && from.Contains('@', StringComparison.Ordinal)
            && (await calls.In(account.Id, s => s.GetRequiredService<IntroduceVisitorHandler>().Handle(new IntroduceVisitor { Session = session.Value, Email = from }, ct))).Refusal is { } unknown)
            return unknown.Problem();
        return Results.Ok(new { session, id = written.Value, accountId = account.Id });
    }

    internal sealed record PlayedChat(string? From, string? To, string? Text, Guid? Session);

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
