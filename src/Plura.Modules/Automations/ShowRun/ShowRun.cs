using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>One contact's way through an automation: each step that they passed, and where they stand.</summary>
public sealed record ShowRun(Guid Id)
{
    public static readonly Refusal Missing = Refusal.NotFound("automation.run_missing", "This does not exist, or its automation was deleted.");
}

/// <param name="Run">Who, and where they stand.</param>
/// <param name="Cause">What took them in, in words.</param>
/// <param name="History">From the first to the last.</param>
public sealed record RunStory(Guid AutomationId, string Automation, RunLine Run, string Cause, IReadOnlyList<PassageLine> History);

/// <param name="Text">What the step does, in words, as it was when the run began.</param>
/// <param name="Outcome">A stable word: <c>done</c>, <c>waits</c>, <c>went</c>, <c>failed</c> …</param>
/// <param name="Detail">Ids and words about it.</param>
public sealed record PassageLine(Guid StepId, string Kind, string Text, DateTimeOffset At, int Pass, int Attempt, string Outcome, JsonObject? Detail);

public sealed class ShowRunHandler(PluraDb db, FlowShelf shelf, FlowBook book, IEnumerable<TriggerKind> triggers, IEnumerable<INameThings> named, ContactNamed contacts, AuditTrail trail)
{
    public async Task<Result<RunStory>> Handle(ShowRun command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == command.Id, ct) is not { } run
            || await db.FindAutomation(run.AutomationId, ct) is not { Ok: true, Value: var automation })
            return ShowRun.Missing;
        var route = await shelf.Route(db, run.AutomationId, run.Version, ct);
        var names = await book.Names(ct);
        var passages = await db.Passages.AsNoTracking().Where(p => p.RunId == run.Id).OrderBy(p => p.At).ThenBy(p => p.Id).ToListAsync(ct);
        trail.Saw(1);
        var people = await contacts.Names([run.ContactId], ct);
        return new RunStory(automation.Id, automation.Name, ListRunsHandler.Line(run, people), await Cause(run, names, ct), [.. passages.Select(p => new PassageLine(
            p.StepId, route.Step(p.StepId)?.Kind ?? "", route.Step(p.StepId) is { } step ? book.Say(step, names) : "A step", p.At, p.Pass, p.Attempt, p.Outcome, p.Detail is null ? null : JsonNode.Parse(p.Detail)!.AsObject()))]);
    }

    /// <summary>"The tag “VIP” was added", or who or which automation took them in.</summary>
    private async Task<string> Cause(Run run, ThingNames names, CancellationToken ct) => run.Cause switch
    {
        Contracts.Cause.Automation => $"Put in by the automation {names.Of(AutomationThings.Word, run.CauseId?.ToString())}",
        Contracts.Cause.Person when run.CauseId is { } id && named.First(n => n.Kind == "person") is var people =>
            $"Put in by {((await people.Names([id], ct)).TryGetValue(id, out var person) ? person.Name : people.Gone)}",
        Contracts.Cause.Program or Contracts.Cause.Person => "Put in by a program",
        var kind => triggers.FirstOrDefault(t => t.Kind == kind)?.Say(run.CauseId, names) ?? "",
    };
}

public static class ShowRunEndpoint
{
    public static void MapShowRun(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/automations/runs/{id:guid}", async (Guid id, ShowRunHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ShowRun(id), ct)).Answer(Results.Ok))
            .WithName("ShowRun").RequirePermission("automations.read").ReadsPersonalData("automations.show_run");
}
