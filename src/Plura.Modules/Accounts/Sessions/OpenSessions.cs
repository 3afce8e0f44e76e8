using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person's sessions: which one this request came by, which are open, and their end.</summary>
public sealed class OpenSessions(PluraDb db, IHttpContextAccessor http, TimeProvider clock)
{
    /// <summary>The session of this request; null where there is none.</summary>
    public Guid? Current =>
        http.HttpContext?.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.Items.TryGetValue(SessionStore.IdItem, out var id) == true && Guid.TryParse(id, out var session)
            ? session : null;

    public IQueryable<Session> Of(Guid user)
    {
        var (now, idle) = (clock.GetUtcNow(), clock.GetUtcNow() - SessionTimes.Idle);
        return db.Sessions.Where(s => s.UserId == user && s.EndedAt == null && s.EndsAt > now && (s.Stays || s.SeenAt > idle));
    }

    /// <summary>Ends all of a person's sessions but one; it commits with the caller's change. Answers how many.</summary>
    public async Task<int> EndAll(Guid user, string by, Guid? but, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var open = await db.Sessions.Where(s => s.UserId == user && s.EndedAt == null && s.Id != but).ToListAsync(ct);
        foreach (var session in open)
            session.End(by, now);
        return open.Count(s => s.EndsAt > now);
    }
}
