using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// A browser that has a subscription tells under which sign-in it is now: the same person's new one takes it over. Unknown is one that was turned off elsewhere, or
/// is somebody else's: the browser then gives it up.
/// </summary>
public sealed record PushHere
{
    [Required, StringLength(1_000)]
    public string Endpoint { get; set; } = "";
}

public sealed class PushHereHandler(PluraDb db, Actor actor, OpenSessions sessions, PushDevices devices)
{
    public async Task<Result> Handle(PushHere command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var (user, current, hash, all) = (actor.Id!.Value, sessions.Current, devices.HashOf(command.Endpoint), db.Sessions);
        // Where the person signed out, or ended the sign-in from elsewhere, notifications ended with it.
        if (await db.PushSubscriptions.FirstOrDefaultAsync(p => p.AddressHash == hash && p.UserId == user && all.Any(s => s.Id == p.SessionId && (s.EndedAt == null || s.EndedBy == SessionEnds.Idle)), ct) is not { } known
            || await db.Sessions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == current && s.UserId == user, ct) is not { } session)
            return Refusal.NotFound("push.unknown", "Notifications are off here.");
        known.MoveTo(session);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public static class PushHereEndpoint
{
    public static void MapPushHere(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/me/notifications/here", async (IFormCollection form, HttpContext http, IAntiforgery antiforgery, PushHereHandler handler, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            return (await handler.Handle(new PushHere { Endpoint = form["endpoint"].ToString() }, ct)).Refusal?.Problem() ?? Results.NoContent();
        }).WithName("PushHere").SignedIn();
}
