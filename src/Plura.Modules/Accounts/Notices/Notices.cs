using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

internal sealed class Notices(PluraDb db, Tenant tenant, TimeProvider clock) : INotices
{
    public void Post(string kind, string text, string? link) => db.Notices.Add(Notice.Of(kind, text, link, clock.GetUtcNow()));

    public async Task PostOnce(string kind, string text, string? link, CancellationToken ct)
    {
        // Two that happen at once take turns until the first has committed: the second then sees its notice.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({kind + tenant.Id}, 0))", ct);
        if (!await db.Notices.AnyAsync(n => n.Kind == kind && n.ReadAt == null, ct))
            Post(kind, text, link);
    }
}

/// <summary>The person has read a notice: it leaves the page.</summary>
public static class ReadNotice
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/a/{account}/notices/{id:guid}/read", async (string account, Guid id, HttpContext http, Microsoft.AspNetCore.Antiforgery.IAntiforgery antiforgery, PluraDb db, TimeProvider clock, CancellationToken ct) =>
    {
        await antiforgery.ValidateRequestAsync(http);
        if (await db.Notices.FirstOrDefaultAsync(n => n.Id == id, ct) is not { } notice)
            return Results.NotFound();
        notice.Read(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return Results.LocalRedirect(notice.Link is { } link ? $"/a/{account}/{link}" : $"/a/{account}");
    }).WithName("ReadNotice").RequirePermission("account.use");
}
