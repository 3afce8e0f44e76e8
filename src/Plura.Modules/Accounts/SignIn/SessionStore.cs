using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Keeps sessions in the database: the cookie is a 256-bit reference, and a session can be ended from here.</summary>
internal sealed class SessionStore(IServiceScopeFactory scopes, TimeProvider clock) : ITicketStore
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var user = Guid.Parse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!);
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        db.Sessions.Add(Session.Begin(user, HashOf(key), TicketSerializer.Default.Serialize(ticket), now, now + Longest));
        await db.SaveChangesAsync();
        return key;
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        if (await Find(db, key) is not { } session)
            return;
        session.Renew(TicketSerializer.Default.Serialize(ticket), clock.GetUtcNow());
        await db.SaveChangesAsync();
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = await Find(scope.ServiceProvider.GetRequiredService<PluraDb>(), key);
        var ticket = session is null ? null : TicketSerializer.Default.Deserialize(session.Ticket);
        // The audit log says from which signed-in browser something was done.
        ticket?.Properties.Items[AuditTrail.SessionItem] = session!.Id.ToString();
        return ticket;
    }

    public async Task RemoveAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        var hash = HashOf(key);
        await scope.ServiceProvider.GetRequiredService<PluraDb>().Sessions.Where(s => s.KeyHash == hash).ExecuteDeleteAsync();
    }

    private Task<Session?> Find(PluraDb db, string key)
    {
        var (hash, now) = (HashOf(key), clock.GetUtcNow());
        return db.Sessions.FirstOrDefaultAsync(s => s.KeyHash == hash && s.EndsAt > now);
    }

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
