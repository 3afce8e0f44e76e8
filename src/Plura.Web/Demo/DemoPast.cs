using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Web.Demo;

/// <summary>A story has a past: the import happened last season, and the front desk's people came over a year. Nothing else of the demo is dated back.</summary>
internal static class DemoPast
{
    private const int ImportedDaysAgo = 88;

    public static async Task Tell(PluraDb db, DateTimeOffset now, CancellationToken ct)
    {
        var back = TimeSpan.FromDays(ImportedDaysAgo);
        var recently = now - TimeSpan.FromDays(1);
        // Import and contacts by the same step: an undo knows by their equal moments whom nobody touched since.
        await db.Database.ExecuteSqlAsync($"""
            update contacts.contact c set created_at = c.created_at - {back}, updated_at = c.updated_at - {back}
            from contacts.import i
            where i.tenant_id = {db.Tenant.Id} and c.tenant_id = i.tenant_id and c.id between i.first_id and i.last_id and i.finished_at > {recently}
            """, ct);
        await db.Imports.Where(i => i.FinishedAt > recently)
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.CreatedAt, x => x.CreatedAt - back).SetProperty(x => x.FinishedAt, x => x.FinishedAt - back), ct);
        await db.Database.ExecuteSqlAsync($"""
            with desk as (
                select id, make_interval(days => (3 + 3 * row_number() over (order by id))::int) as back from contacts.contact
                where tenant_id = {db.Tenant.Id} and source = 'Front desk' and created_at > {recently}),
            moved as (
                update contacts.contact_change h set at = h.at - d.back from desk d where h.tenant_id = {db.Tenant.Id} and h.contact_id = d.id)
            update contacts.contact c set created_at = c.created_at - d.back, updated_at = c.updated_at - d.back from desk d where c.tenant_id = {db.Tenant.Id} and c.id = d.id
            """, ct);
    }
}
