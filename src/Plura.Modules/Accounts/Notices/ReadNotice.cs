using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The person has read a notice: it leaves their page, and stays on those of the others.</summary>
public static class ReadNotice
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/a/{account}/notices/{id:guid}/read", async (string account, Guid id, HttpContext http, Microsoft.AspNetCore.Antiforgery.IAntiforgery antiforgery, PluraDb db, NoticeWords words, Actor actor, TimeProvider clock, CancellationToken ct) =>
    {
        await antiforgery.ValidateRequestAsync(http);
        if (await db.Notices.AsNoTracking().FirstOrDefaultAsync(n => n.Id == id && (n.UserId == null || n.UserId == actor.Id), ct) is not { } notice)
            return Results.NotFound();
        var user = actor.Id!.Value;
        if (!await db.NoticeReadings.AnyAsync(r => r.NoticeId == id && r.UserId == user, ct))
        {
            db.NoticeReadings.Add(NoticeReading.Of(id, user, clock.GetUtcNow()));
            await db.SaveChangesAsync(ct);
        }

        return Results.LocalRedirect((await words.Of([notice], ct)).SingleOrDefault()?.Link is { } link ? $"/a/{account}/{link}" : $"/a/{account}");
    }).WithName("ReadNotice").RequirePermission("account.use");
}
