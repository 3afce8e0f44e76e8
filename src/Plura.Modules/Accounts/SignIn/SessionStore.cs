using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Keeps sessions in the database: the cookie is a 256-bit reference, and a session can be ended from here.</summary>
internal sealed class SessionStore(IServiceScopeFactory scopes, TimeProvider clock) : ITicketStore
{
    /// <summary>The item of a ticket that names its session's row.</summary>
    public const string IdItem = "plura.session";

    // Last seen to five minutes: a busy person must not write a row per click.
    private static readonly TimeSpan Coarse = TimeSpan.FromMinutes(5);

    public Task<string> StoreAsync(AuthenticationTicket ticket) => Store(ticket, http: null, CancellationToken.None);

    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) => Store(ticket, httpContext, cancellationToken);

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        if (await Find(db, key) is not { } session)
            return;
        var now = clock.GetUtcNow();
        if (UserOf(ticket) is var user && user != session.UserId)
            session.PassTo(user, now);
        session.Renew(Written(ticket, session.Id), now);
        await db.SaveChangesAsync();
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        if (await Find(db, key) is not { } session)
            return null;
        var (now, stale, written) = (clock.GetUtcNow(), clock.GetUtcNow() - Coarse, session.Ticket);
        var ticket = TicketSerializer.Default.Deserialize(written);
        if (ticket is not null && session.SeenAt < now - SessionTimes.Idle)
        {
            // One that stays for thirty days goes on; the operator's desk asks again who it is.
            Proof.Resumed(ticket.Properties, now);
            written = TicketSerializer.Default.Serialize(ticket);
        }

        if (session.SeenAt < stale)
            await db.Sessions.Where(s => s.Id == session.Id && s.SeenAt < stale && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now).SetProperty(s => s.Ticket, written));
        // The audit log says from which signed-in browser something was done.
        ticket?.Properties.Items[AuditTrail.SessionItem] = session.Id.ToString();
        return ticket;
    }

    /// <summary>Signing out, and the cookie's own finding that nobody clicked for too long.</summary>
    public async Task RemoveAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        if (await Find(db, key) is not { } session)
            return;
        var now = clock.GetUtcNow();
        session.End(TicketSerializer.Default.Deserialize(session.Ticket)?.Properties.ExpiresUtc < now ? SessionEnds.Idle : SessionEnds.SignedOut, now);
        await db.SaveChangesAsync();
    }

    private async Task<string> Store(AuthenticationTicket ticket, HttpContext? http, CancellationToken ct)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var session = Session.Begin(UserOf(ticket), HashOf(key), DeviceWords.Of(http?.Request.Headers.UserAgent), DeviceWords.Network(http?.Connection.RemoteIpAddress), ticket.Properties.IsPersistent, now);
        session.Renew(Written(ticket, session.Id), now);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(ct);
        return key;
    }

    private Task<Session?> Find(PluraDb db, string key)
    {
        var (hash, now) = (HashOf(key), clock.GetUtcNow());
        return db.Sessions.FirstOrDefaultAsync(s => s.KeyHash == hash && s.EndsAt > now && s.EndedAt == null);
    }

    private static byte[] Written(AuthenticationTicket ticket, Guid session)
    {
        ticket.Properties.Items[IdItem] = session.ToString();
        return TicketSerializer.Default.Serialize(ticket);
    }

    private static Guid UserOf(AuthenticationTicket ticket) => Guid.Parse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!);

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
