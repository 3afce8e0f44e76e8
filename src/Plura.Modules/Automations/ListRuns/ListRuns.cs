using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Who is or was in an automation; whoever moved last stands first.</summary>
/// <param name="Id">The automation's.</param>
/// <param name="State"><c>going</c>, <c>done</c>, <c>stopped</c>, <c>failed</c>, or <c>asked</c>: waits for a person's yes or no; null for all.</param>
/// <param name="StepId">Only those who stand before this step.</param>
public sealed record ListRuns(Guid Id, string? State = null, Guid? StepId = null, string? Cursor = null, int Limit = 50);

/// <param name="ContactId">Whom it concerns.</param>
/// <param name="Contact">What they are called; null where they are gone.</param>
/// <param name="Entry">Which time they are in it.</param>
/// <param name="StepId">The step that they stand before.</param>
/// <param name="WakeAt">When they go on.</param>
/// <param name="Awaits">What they wait for.</param>
/// <param name="Reason">Why it stopped, or why its step failed.</param>
public sealed record RunLine(
    Guid Id, Guid ContactId, string? Contact, int Version, int Entry, string State, string? Reason, Guid? StepId, DateTimeOffset? WakeAt, string? Awaits, DateTimeOffset BegunAt, DateTimeOffset Since);

public sealed class ListRunsHandler(PluraDb db, ContactNamed contacts, AuditTrail trail)
{
    public async Task<Result<Page<RunLine>>> Handle(ListRuns command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if ((await db.FindAutomation(command.Id, ct)).Refusal is { } unknown)
            return unknown;
        var limit = Math.Clamp(command.Limit, 1, 200);
        var query = db.Runs.AsNoTracking().Where(r => r.AutomationId == command.Id);
        if (command.State == RunWords.Asked)
            query = query.Where(r => r.State == RunStates.Going && r.Awaits == Ask.Waiting);
        else if (command.State is { } state)
            query = query.Where(r => r.State == state);
        if (command.StepId is { } step)
            query = query.Where(r => r.StepId == step);
        if (command.Cursor is { } cursor)
        {
            if (TimeCursor.Read(cursor) is not { } after)
                return TimeCursor.Unknown;
            query = query.Where(r => r.Since < after.At || (r.Since == after.At && r.Id < after.Id));
        }

        var found = await query.OrderByDescending(r => r.Since).ThenByDescending(r => r.Id).Take(limit + 1).ToListAsync(ct);
        var shown = found.Take(limit).ToList();
        trail.Saw(shown.Count);
        var names = await contacts.Names([.. shown.Select(r => r.ContactId).Distinct()], ct);
        return new Page<RunLine>([.. shown.Select(r => Line(r, names))], found.Count > limit ? TimeCursor.Write(shown[^1].Since, shown[^1].Id) : null);
    }

    internal static RunLine Line(Run run, IReadOnlyDictionary<Guid, NamedThing> names) =>
        new(run.Id, run.ContactId, names.GetValueOrDefault(run.ContactId)?.Name, run.Version, run.Entry, run.State, run.Reason, run.StepId, run.WakeAt, run.Awaits, run.BegunAt, run.Since);
}

/// <summary>What contacts are called: automations know of them by the audit log's names alone.</summary>
public sealed class ContactNamed(IEnumerable<INameThings> named)
{
    public async Task<IReadOnlyDictionary<Guid, NamedThing>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ids.Count > 0 && named.FirstOrDefault(n => n.Kind == "contact") is { } contacts ? await contacts.Names(ids, ct) : new Dictionary<Guid, NamedThing>();
}

public static class ListRunsEndpoint
{
    public static void MapListRuns(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/automations/{id:guid}/runs", async (Guid id, string? state, Guid? step, string? cursor, int? limit, ListRunsHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ListRuns(id, state, step, cursor, limit ?? 50), ct)).Answer(Results.Ok))
            .WithName("ListRuns").RequirePermission("automations.read").ReadsPersonalData("automations.list_runs");
}
