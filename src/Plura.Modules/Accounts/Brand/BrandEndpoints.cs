using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The agency's colours and logo, from our own address and with a type of our own. An address with a version never changes, so browsers keep it.</summary>
public static class BrandEndpoints
{
    private const string Reason = "Sign-in pages, forms and preference pages wear an agency's colours too.";

    public static void MapBrand(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/brand/{id:guid}.css", async (Guid id, int? v, HttpContext http, PluraDb db, CancellationToken ct) =>
        {
            var brand = await db.AgencyBrands.AsNoTracking().Where(b => b.AgencyId == id).Select(b => new { b.Accent, b.Version }).FirstOrDefaultAsync(ct);
            if (brand?.Accent is not { } accent || Palette.Of(accent) is not { } palette)
                return Results.NotFound();
            Keep(http, v == brand.Version);
            return Results.Content(palette.Css(), "text/css; charset=utf-8");
        }).WithName("BrandSheet").Public(Reason);

        routes.MapGet("/brand/{id:guid}/logo", async (Guid id, int? v, HttpContext http, PluraDb db, CancellationToken ct) =>
        {
            var logo = await db.AgencyLogos.AsNoTracking().Where(l => l.AgencyId == id)
                .Join(db.AgencyBrands, l => l.AgencyId, b => b.AgencyId, (l, b) => new { l.ContentType, l.Content, b.Version }).FirstOrDefaultAsync(ct);
            if (logo is null)
                return Results.NotFound();
            Keep(http, v == logo.Version);
            // Whatever the bytes are made of, opened by itself it may run nothing.
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            return Results.Bytes(logo.Content, logo.ContentType);
        }).WithName("BrandLogo").Public(Reason);
    }

    private static void Keep(HttpContext http, bool exact) =>
        http.Response.Headers.CacheControl = exact ? "public, max-age=31536000, immutable" : "public, max-age=300";
}
