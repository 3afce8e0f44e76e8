using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A call that was let in.</summary>
/// <param name="Tenant">The account.</param>
/// <param name="Website">The host of the page that called.</param>
/// <param name="Session">Who called; <see cref="Guid.Empty"/> for whoever begins.</param>
public sealed record ChatCall(Guid Tenant, string Website, Guid Session);

/// <summary>What the page of a visitor calls: whether this chat may stand there, whose session it is, and whether it is not too much.</summary>
public sealed class ChatCalls(IServiceScopeFactory scopes, ChatLimits limits)
{
    public const string Begin = "begin";
    public const string Say = "say";
    public const string Introduce = "me";
    public const string Listen = "listen";

    /// <summary>A header of our own: no page of another site can send it unless a preflight allowed it, and no log of addresses shows it.</summary>
    public const string TokenHeader = "X-Chat-Session";

    private const int LongestToken = 100;
    private const int Tries = 6;

    public static Refusal Over => Refusal.NotFound("chat.over", "This chat is over. Begin a new one.");

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public async Task<Result<ChatCall>> Admit(string act, string key, HttpContext http)
    {
        var ct = http.RequestAborted;
        if (limits.Take(act, key, http.Connection.RemoteIpAddress) is { } tooMany)
            return tooMany;
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<ChatEntrance>().Enter(key, ct) is not { On: true } chat)
            return Refusal.NotFound("chat.missing", "There is no chat here.");
        var origin = http.Request.Headers.Origin.ToString();
        if (!chat.Allows(origin, http.Request))
            return Refusal.Forbidden("chat.website", "This website may not show the chat. Its owner can allow it in the settings of the web chat.");
        var call = new ChatCall(chat.Account.Id, new Uri(origin).Host, Guid.Empty);
        if (act == Begin)
            return call;
        var token = http.Request.Headers[TokenHeader].ToString();
        var hash = Hash(token);
        if (token.Length is 0 or > LongestToken
            || await scope.ServiceProvider.GetRequiredService<PluraDb>().ChatSessions.AsNoTracking().Where(s => s.TokenHash == hash).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(ct) is not { } session)
            return Over;
        return limits.Take(act, session) is { } tooFast ? tooFast : call with { Session = session };
    }

    /// <summary>Works inside the account, in a scope of its own. Two who change the same conversation at once take turns.</summary>
    public async Task<Result<T>> In<T>(Guid account, Func<IServiceProvider, Task<Result<T>>> work)
    {
        for (var once = 1; ; once++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("web chat");
            try
            {
                return await work(scope.ServiceProvider);
            }
            catch (DbUpdateException error) when (once < Tries && (error is DbUpdateConcurrencyException || error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }))
            {
                // Somebody else was quicker at this very moment: looked at anew.
            }
        }
    }
}
