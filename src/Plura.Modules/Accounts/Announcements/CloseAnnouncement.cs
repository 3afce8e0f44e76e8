using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Somebody has read an announcement and does not want to see it again.</summary>
public sealed record CloseAnnouncement
{
    public Guid Id { get; set; }
}

public sealed class CloseAnnouncementHandler(PluraDb db, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(CloseAnnouncement command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var user = actor.Id!.Value;
        if (!await db.Announcements.AnyAsync(a => a.Id == command.Id, ct))
            return Refusal.NotFound("announcement.unknown", "There is no such announcement.");
        if (await db.AnnouncementReadings.AnyAsync(r => r.AnnouncementId == command.Id && r.UserId == user, ct))
            return Result.Done;
        db.AnnouncementReadings.Add(AnnouncementReading.Of(command.Id, user, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public static class CloseAnnouncementEndpoint
{
    public static void MapCloseAnnouncement(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/announcements/{id:guid}/close", async (Guid id, IFormCollection form, HttpContext http, IAntiforgery antiforgery, CloseAnnouncementHandler handler, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            await handler.Handle(new CloseAnnouncement { Id = id }, ct);
            return Results.LocalRedirect(WayBack.Or(form["back"], "/accounts"));
        }).DisableAntiforgery().WithName("CloseAnnouncement").SignedIn();
}
