using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Everything of the account as one file, for whoever owns it; noted before the first byte leaves.</summary>
public sealed class ExportAccountHandler(PluraDb db, Tenant tenant, IAudit audit, TimeProvider clock)
{
    /// <summary>Notes the export; answers the file's name.</summary>
    public async Task<string> Begin(CancellationToken ct)
    {
        var slug = await db.Accounts.Where(a => a.Id == tenant.Id).Select(a => a.Slug).FirstAsync(ct);
        audit.Note("account.export", tenant.Id);
        await db.SaveChangesAsync(ct);
        return $"{slug}-{clock.GetUtcNow():yyyy-MM-dd}.zip";
    }
}

public static class ExportAccountEndpoint
{
    public static void MapExportAccount(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/a/{account}/settings/export", async (HttpContext http, IAntiforgery antiforgery, ExportAccountHandler handler, AccountZip zip, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var name = await handler.Begin(ct);
            return Results.Stream(output => zip.Write(output, ct), "application/zip", name);
        }).DisableAntiforgery().WithName("ExportAccount").RequirePermission("account.export")
            .Fresh(back: "/a/{account}/settings/take-out").StaysWhenClosed("Whoever leaves takes their data along.");
}
