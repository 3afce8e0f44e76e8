using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

internal sealed class Notices(PluraDb db, Tenant tenant, TimeProvider clock) : INotices
{
    public void Post(string kind, string text, string? link, string? title = null) => Post(Notice.Of(kind, text, link, title, clock.GetUtcNow()));

    public void PostTo(Guid user, string kind, string text, string? link, string? title = null) => Post(Notice.Of(kind, text, link, title, clock.GetUtcNow(), user));

    public async Task PostOnce(string kind, string text, string? link, CancellationToken ct)
    {
        // Two that happen at once take turns until the first has committed: the second then sees its notice.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({kind + tenant.Id}, 0))", ct);
        var readings = db.NoticeReadings;
        if (!await db.Notices.AnyAsync(n => n.Kind == kind && !readings.Any(r => r.NoticeId == n.Id), ct))
            Post(kind, text, link);
    }

    private void Post(Notice notice)
    {
        db.Notices.Add(notice);
        db.Enqueue(new MailNotice(notice.Id));
    }
}

/// <summary>What one person has not read yet of the scope's account, without what was said before they came and the kinds that they do not want in the app.</summary>
internal static class UnreadNotices
{
    public static IQueryable<Notice> Of(PluraDb db, Guid user)
    {
        var (readings, choices, members) = (db.NoticeReadings, db.NoticeChoices, db.Memberships);
        return db.Notices.Where(n => (n.UserId == null || n.UserId == user) && !readings.Any(r => r.NoticeId == n.Id && r.UserId == user) && !choices.Any(c => c.UserId == user && c.Kind == n.Kind && !c.InApp)
            && !members.Any(m => m.AccountId == n.TenantId && m.UserId == user && m.Since >= n.At));
    }
}

/// <summary>The person has read a notice: it leaves their page, and stays on those of the others.</summary>
public static class ReadNotice
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/a/{account}/notices/{id:guid}/read", async (string account, Guid id, HttpContext http, Microsoft.AspNetCore.Antiforgery.IAntiforgery antiforgery, PluraDb db, Actor actor, TimeProvider clock, CancellationToken ct) =>
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

        return Results.LocalRedirect(notice.Link is { } link ? $"/a/{account}/{link}" : $"/a/{account}");
    }).WithName("ReadNotice").RequirePermission("account.use");
}
