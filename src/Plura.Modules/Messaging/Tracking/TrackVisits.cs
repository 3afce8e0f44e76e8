using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Notes that a letter was opened or a link followed, and says where the link leads. It changes nothing else.</summary>
public sealed class TrackVisitHandler(PluraDb db, Tenant tenant, PublicLinks links, TimeProvider clock)
{
    /// <summary>More of the same tells nothing, and a loop must not fill the disk.</summary>
    private const int MostPerSend = 200;

    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DecoyReach = TimeSpan.FromSeconds(10);

    /// <summary>Where the link leads; null for an open, a decoy, or a link that is not ours.</summary>
    public async Task<VisitAnswer> Handle(string token, LinkKind kind, string method, string? userAgent, string? purpose, CancellationToken ct)
    {
        if (links.Read(token, kind) is not { } link)
            return new VisitAnswer(Known: false, Url: null);
        tenant.Enter(link.TenantId);
        var send = await db.Sends.Where(s => s.Id == link.SendId).Select(s => new { s.ContentId, s.IntendedAt }).FirstOrDefaultAsync(ct);
        if (send is null)
            return new VisitAnswer(Known: false, Url: null);
        var decoy = kind == LinkKind.Click && link.Number == LetterLinks.DecoyNumber;
        var url = kind == LinkKind.Click && !decoy
            ? await db.ContentLinks.Where(l => l.ContentId == send.ContentId && l.Number == link.Number).Select(l => l.Url).FirstOrDefaultAsync(ct)
            : null;
        if (kind == LinkKind.Click && !decoy && url is null)
            return new VisitAnswer(Known: false, Url: null);

        var now = clock.GetUtcNow();
        var recent = await db.SendHappenings.Where(e => e.SendId == link.SendId && e.At > now - DecoyReach && (e.Kind == "clicked" || e.Kind == "decoy")).Select(e => new { e.Kind, e.Detail, e.At }).ToListAsync(ct);
        var others = recent.Where(e => e.Kind == "clicked" && e.At > now - Burst && e.Detail != url).Select(e => e.Detail).Distinct(StringComparer.Ordinal).Count();
        var robot = decoy
            ? "it followed a link that people cannot see"
            : Robots.Reason(new LinkVisit(method, userAgent, purpose, send.IntendedAt is { } at ? now - at : null, kind == LinkKind.Click ? others : 0, recent.Exists(e => e.Kind == "decoy")));
        await Note(link.SendId, decoy ? "decoy" : kind == LinkKind.Click ? "clicked" : "opened", url, robot, now, recallBefore: (decoy, others >= 2) switch
        {
            (true, _) => now - DecoyReach,
            (_, true) => now - Burst,
            _ => null,
        }, ct);
        return new VisitAnswer(Known: true, url);
    }

    // The events stay as they were noted; the send's own marks, from which rates come, are corrected when a burst gives a robot away.
    private async Task Note(Guid sendId, string kind, string? detail, string? robot, DateTimeOffset now, DateTimeOffset? recallBefore, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(now);
        var tenantId = tenant.Id;
        await db.Database.ExecuteSqlAsync($"""
            with noted as (
                insert into messaging.send_event (tenant_id, id, send_id, at, kind, detail, robot)
                select {tenantId}, {id}, {sendId}, {now}, {kind}, {detail}, {robot}
                where (select count(*) from messaging.send_event where tenant_id = {tenantId} and send_id = {sendId}) < {MostPerSend})
            update messaging.send set
                opened_at = case when {kind} = 'opened' and {robot}::text is null then coalesce(opened_at, {now}) else opened_at end,
                robot_opened_at = case when {kind} = 'opened' and {robot}::text is not null then coalesce(robot_opened_at, {now}) else robot_opened_at end,
                clicked_at = case when {kind} = 'clicked' and {robot}::text is null then coalesce(clicked_at, {now})
                                  when clicked_at >= {recallBefore}::timestamptz then null else clicked_at end,
                robot_clicked_at = case when {kind} in ('clicked', 'decoy') and {robot}::text is not null then coalesce(robot_clicked_at, {now}) else robot_clicked_at end
            where tenant_id = {tenantId} and id = {sendId}
            """, ct);
    }
}

public sealed record VisitAnswer(bool Known, string? Url);
