using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>What the widget on somebody's website calls. Everything but the script is a POST with a token in a header: looking at an address changes nothing.</summary>
public static class ChatEndpoints
{
    private const string Why = "Visitors of the account's website chat; the session's token is the key, and only websites that the account named may call.";
    private const int Largest = 32_768;

    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        Door(routes.MapPost("/chat/{key}/begin", async (string key, HttpContext http, ChatCalls calls) =>
        {
            var call = await calls.Admit(ChatCalls.Begin, key, http);
            if (call.Refusal is { } refused)
                return refused.Problem();
            return (await calls.In(call.Value.Tenant, s => s.GetRequiredService<BeginChatHandler>().Handle(new BeginChat { Website = call.Value.Website }, http.RequestAborted)))
                .Answer(token => Results.Ok(new { token }));
        }), "BeginChat");

        Door(routes.MapPost("/chat/{key}/messages", async (string key, Said said, HttpContext http, ChatCalls calls) =>
        {
            var call = await calls.Admit(ChatCalls.Say, key, http);
            if (call.Refusal is { } refused)
                return refused.Problem();
            var command = new WriteInChat { Session = call.Value.Session, Id = said.Id ?? "", Text = said.Text ?? "" };
            return (await calls.In(call.Value.Tenant, s => s.GetRequiredService<WriteInChatHandler>().Handle(command, http.RequestAborted))).Answer(id => Results.Ok(new { id }));
        }), "WriteInChat");

        Door(routes.MapPost("/chat/{key}/me", async (string key, Introduced me, HttpContext http, ChatCalls calls) =>
        {
            var call = await calls.Admit(ChatCalls.Introduce, key, http);
            if (call.Refusal is { } refused)
                return refused.Problem();
            var command = new IntroduceVisitor { Session = call.Value.Session, Name = me.Name, Email = me.Email ?? "" };
            // Whom it led to is not for them: the answer is the same for an address that is known and one that is not.
            return (await calls.In(call.Value.Tenant, s => s.GetRequiredService<IntroduceVisitorHandler>().Handle(command, http.RequestAborted))).Answer(_ => Results.NoContent());
        }), "IntroduceVisitor");

        Door(routes.MapPost("/chat/{key}/listen", async (string key, Listening listening, HttpContext http, ChatCalls calls, ChatLimits limits, ChatStream stream) =>
        {
            var call = await calls.Admit(ChatCalls.Listen, key, http);
            if (call.Refusal is { } refused)
                return refused.Problem();
            if (limits.Stream(call.Value.Session) is not { } place)
                return ChatLimits.TooFast.Problem();
            http.Response.Headers["X-Accel-Buffering"] = "no";
            return TypedResults.ServerSentEvents(stream.Events(call.Value, listening.After, listening.Follow ?? true, place, http.RequestAborted));
        }), "ListenToChat");

        routes.MapChatScript();
    }

    /// <summary>No antiforgery token: no cookie comes along that somebody could misuse.</summary>
    private static void Door(RouteHandlerBuilder route, string name) =>
        route.WithName(name).Public(Why).DisableAntiforgery().RequireCors(ChatOrigins.Policy).WithMetadata(new RequestSizeLimitAttribute(Largest));

    internal sealed record Said(string? Id, string? Text);

    internal sealed record Introduced(string? Name, string? Email);

    internal sealed record Listening(Guid? After, bool? Follow);
}
