using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>One automation: its drawing, what is wrong with it, and how many stand where.</summary>
public sealed record GetAutomation(Guid Id);

/// <param name="DraftNumber">Counts up with each change of the drawing; whoever changes it says which one they saw.</param>
/// <param name="Changed">The drawing has changes that do not run yet.</param>
/// <param name="Flow">The drawing.</param>
/// <param name="Problems">What must be put right before it can be published.</param>
/// <param name="Steps">Figures by step, also of steps of earlier versions.</param>
public sealed record AutomationView(
    Guid Id, string Name, bool On, DateTimeOffset? OnSince, int? Version, int DraftNumber, bool Changed, Flow Flow, IReadOnlyList<FlowProblem> Problems, IReadOnlyList<StepFigures> Steps);

/// <param name="Waiting">How many stand before it now.</param>
/// <param name="Passed">How often it was passed.</param>
/// <param name="Failed">How many it has failed for, and they wait for a person.</param>
public sealed record StepFigures(Guid StepId, int Waiting, long Passed, int Failed);

public sealed class GetAutomationHandler(PluraDb db, FlowBook book)
{
    public async Task<Result<AutomationView>> Handle(GetAutomation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindAutomation(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        var automation = found.Value;
        var flow = Flow.Read(automation.Draft);
        return new AutomationView(
            automation.Id, automation.Name, automation.OnSince is not null, automation.OnSince, automation.Published, automation.DraftNumber,
            automation.Published is not null && automation.PublishedDraft != automation.DraftNumber, flow, await book.Problems(flow, ct), await Figures(automation.Id, ct));
    }

    private async Task<IReadOnlyList<StepFigures>> Figures(Guid id, CancellationToken ct)
    {
        var standing = await db.Runs.Where(r => r.AutomationId == id && r.StepId != null && (r.State == RunStates.Going || r.State == RunStates.Failed))
            .GroupBy(r => new { r.StepId, r.State }).Select(g => new { Step = g.Key.StepId!.Value, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        var passed = await db.StepTallies.AsNoTracking().Where(t => t.AutomationId == id).ToDictionaryAsync(t => t.StepId, t => t.Passed, ct);
        return [.. standing.Select(s => s.Step).Concat(passed.Keys).Distinct().Select(s => new StepFigures(
            s, standing.Where(x => x.Step == s && x.State == RunStates.Going).Sum(x => x.Count), passed.GetValueOrDefault(s), standing.Where(x => x.Step == s && x.State == RunStates.Failed).Sum(x => x.Count)))];
    }
}

public static class GetAutomationEndpoint
{
    public static void MapGetAutomation(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/automations/{id:guid}", async (Guid id, GetAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle(new GetAutomation(id), ct)).Answer(Results.Ok))
            .WithName("GetAutomation").RequirePermission("automations.read");
}
