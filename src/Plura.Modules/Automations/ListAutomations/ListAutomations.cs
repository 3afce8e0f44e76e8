using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>The account's automations, newest first.</summary>
public sealed record ListAutomations(string? Cursor = null, int Limit = 25);

/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="On">It takes contacts in.</param>
/// <param name="Version">The published one; null before the first.</param>
/// <param name="Changed">The drawing has changes that do not run yet.</param>
/// <param name="Inside">How many contacts are in it.</param>
/// <param name="Done">How many went through, or were taken out.</param>
/// <param name="Failed">How many wait for a person.</param>
public sealed record AutomationLine(Guid Id, string Name, bool On, int? Version, bool Changed, int Inside, int Done, int Failed, DateTimeOffset ChangedAt);

public sealed class ListAutomationsHandler(PluraDb db)
{
    public async Task<Result<Page<AutomationLine>>> Handle(ListAutomations command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var limit = Math.Clamp(command.Limit, 1, 100);
        var query = db.Automations.AsNoTracking().Where(a => a.DeletedAt == null);
        if (Guid.TryParse(command.Cursor, out var after))
            query = query.Where(a => a.Id < after);
        var found = await query.OrderByDescending(a => a.Id).Take(limit + 1)
            .Select(a => new { a.Id, a.Name, On = a.OnSince != null, a.Published, Changed = a.Published != null && a.PublishedDraft != a.DraftNumber, a.ChangedAt }).ToListAsync(ct);
        var shown = found.Take(limit).ToList();
        var ids = shown.ConvertAll(a => a.Id);
        var runs = await db.Runs.Where(r => ids.Contains(r.AutomationId)).GroupBy(r => new { r.AutomationId, r.State }).Select(g => new { g.Key.AutomationId, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        return new Page<AutomationLine>(
            [.. shown.Select(a => new AutomationLine(a.Id, a.Name, a.On, a.Published, a.Changed, Count(a.Id, RunStates.Going), Count(a.Id, RunStates.Done, RunStates.Stopped), Count(a.Id, RunStates.Failed), a.ChangedAt))],
            found.Count > limit ? shown[^1].Id.ToString() : null);

        int Count(Guid id, params string[] states) => runs.Where(r => r.AutomationId == id && states.Contains(r.State, StringComparer.Ordinal)).Sum(r => r.Count);
    }
}

public static class ListAutomationsEndpoint
{
    public static void MapListAutomations(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/automations", async (string? cursor, int? limit, ListAutomationsHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ListAutomations(cursor, limit ?? 25), ct)).Answer(Results.Ok))
            .WithName("ListAutomations").RequirePermission("automations.read");
}
