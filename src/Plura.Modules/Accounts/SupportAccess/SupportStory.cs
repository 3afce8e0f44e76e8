using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>One grant as the account reads it: whom it let in, who came, and how it ended.</summary>
public sealed record GrantLine(Guid Id, Guid? AgencyId, string? Agency, string May, string Reason, DateTimeOffset GrantedAt, string? GrantedBy, DateTimeOffset EndsAt, DateTimeOffset? EndedAt, string? EndedBy)
{
    public IReadOnlyList<VisitLine> Visits { get; init; } = [];

    /// <summary>Whom it lets in, in words.</summary>
    public string Whom => Agency ?? "whoever runs this installation";

    public bool OpenAt(DateTimeOffset now) => EndedAt is null && EndsAt > now;
}

public sealed record VisitLine(Guid GrantId, Guid UserId, string? Who, string Act, DateTimeOffset At);

/// <summary>The account's grants, the newest first, with who used them.</summary>
public sealed class SupportStory(PluraDb db, Tenant tenant, TimeProvider clock)
{
    public Task<List<GrantLine>> All(int most, CancellationToken ct) => Read(db.SupportGrants.OrderByDescending(g => g.GrantedAt).Take(most), ct);

    public Task<List<GrantLine>> Open(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var ends = db.SupportGrantEnds;
        return Read(db.SupportGrants.Where(g => g.EndsAt > now && !ends.Any(e => e.GrantId == g.Id)), ct);
    }

    private async Task<List<GrantLine>> Read(IQueryable<SupportGrant> grants, CancellationToken ct)
    {
        var (agencies, users, ends) = (db.Agencies, db.Users, db.SupportGrantEnds);
        var lines = await grants.OrderByDescending(g => g.GrantedAt).Select(g => new GrantLine(
            g.Id, g.AgencyId, agencies.Where(a => a.Id == g.AgencyId).Select(a => a.Name).FirstOrDefault(), g.May, g.Reason,
            g.GrantedAt, users.Where(u => u.Id == g.GrantedBy).Select(u => u.Name).FirstOrDefault(), g.EndsAt,
            ends.Where(e => e.GrantId == g.Id).Select(e => (DateTimeOffset?)e.EndedAt).FirstOrDefault(),
            ends.Where(e => e.GrantId == g.Id).Join(users, e => e.EndedBy, u => u.Id, (_, u) => u.Name).FirstOrDefault())).ToListAsync(ct);
        if (lines.Count == 0)
            return lines;
        var ids = lines.Select(l => l.Id).ToList();
        var mine = tenant.Id;
        var visits = await db.SupportVisits.Where(v => v.TenantId == mine && ids.Contains(v.GrantId)).OrderByDescending(v => v.At)
            .Select(v => new VisitLine(v.GrantId, v.UserId, users.Where(u => u.Id == v.UserId).Select(u => u.Name).FirstOrDefault(), v.Act, v.At)).Take(500).ToListAsync(ct);
        return [.. lines.Select(l => l with { Visits = [.. visits.Where(v => v.GrantId == l.Id)] })];
    }
}
