using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person ends one of their sessions, or all but the one they use: whoever sits there has to sign in again.</summary>
public sealed record EndSessions
{
    /// <summary>Null for all others.</summary>
    public Guid? Session { get; set; }
}

public sealed class EndSessionsHandler(PluraDb db, Actor actor, OpenSessions sessions, TimeProvider clock)
{
    /// <summary>Answers how many ended.</summary>
    public async Task<Result<int>> Handle(EndSessions command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var user = actor.Id!.Value;
        var ended = 1;
        if (command.Session is { } id)
        {
            if (await db.Sessions.FirstOrDefaultAsync(s => s.Id == id && s.UserId == user && s.EndedAt == null, ct) is not { } session)
                return Refusal.NotFound("session.not_found", "This session is over already.");
            session.End(SessionEnds.Owner, clock.GetUtcNow());
        }
        else
        {
            if (await db.Users.AnyAsync(u => u.Id == user && u.Email == DemoAccount.OwnerEmail, ct))
                return Refusal.Conflict("session.demo", "Everybody who looks at the demo shares one sign-in, so the others' sessions stay.");
            ended = await sessions.EndAll(user, SessionEnds.Owner, sessions.Current, ct);
        }

        await db.SaveChangesAsync(ct);
        return ended;
    }
}
