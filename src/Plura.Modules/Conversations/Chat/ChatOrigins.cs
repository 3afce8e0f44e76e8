using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Conversations;

/// <summary>Lets browsers talk with a chat from the websites that its business named, and from no others. No cookie ever travels along.</summary>
public sealed class ChatOrigins(IServiceScopeFactory scopes) : ICorsPolicyProvider
{
    public const string Policy = "chat";
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        if (policyName != Policy || context.Request.RouteValues["key"] is not string key || context.Request.Headers.Origin.ToString() is not { Length: > 0 } origin)
            return null;
        // A scope of its own: the request's account is entered where the call is admitted.
        await using var scope = scopes.CreateAsyncScope();
        var chat = await scope.ServiceProvider.GetRequiredService<ChatEntrance>().Enter(key, context.RequestAborted);
        return chat is { On: true } && chat.Allows(origin, context.Request)
            ? new CorsPolicyBuilder(origin).WithMethods("POST").WithHeaders("content-type", ChatCalls.TokenHeader).SetPreflightMaxAge(Remembered).Build()
            : null;
    }
}
