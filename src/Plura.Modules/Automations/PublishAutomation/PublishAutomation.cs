using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>
/// Makes a version of the drawing and lets it take contacts in from now on; whoever is in it goes on by the version they began with. Refused with everything that must be
/// put right first, each under the id of its step.
/// </summary>
public sealed record PublishAutomation
{
    public Guid Id { get; set; }

    /// <summary>Which drawing was seen; null for whichever there is.</summary>
    public int? DraftNumber { get; set; }
}

public sealed class PublishAutomationHandler(PluraDb db, FlowBook book, Listeners listeners, Actor actor, TimeProvider clock)
{
    /// <summary>Answers the number of the version.</summary>
    public async Task<Result<int>> Handle(PublishAutomation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var number = 0;
        var changed = await listeners.Change(command.Id, async automation =>
        {
            if (command.DraftNumber is { } seen && seen != automation.DraftNumber)
                return AutomationsDb.ChangedElsewhere;
            var drawn = Flow.Read(automation.Draft);
            if (Refusal.Together([.. (await book.Problems(drawn, ct)).Select(Unfit)]) is { } unfit)
                return unfit;
            var ready = await book.Publish(drawn, ct);
            if (ready.Refusal is { } refused)
                return refused;

            var now = clock.GetUtcNow();
            number = automation.Publish(now);
            db.AutomationVersions.Add(AutomationVersion.Of(automation.Id, number, automation.Draft, ready.Value.Json(), actor.Kind == ActorKind.User ? actor.Id : null, now));
            return null;
        }, ct);
        return changed.Refusal is { } no ? no : number;
    }

    private static Refusal Unfit(FlowProblem problem) => Refusal.Invalid("automation.unfinished", problem.Text, problem.StepId?.ToString() ?? "Triggers");
}

public static class PublishAutomationEndpoint
{
    public static void MapPublishAutomation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/automations/{id:guid}/publish", async (Guid id, PublishAutomation? command, PublishAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle((command ?? new PublishAutomation()) with { Id = id }, ct)).Answer(number => Results.Ok(new { id, version = number })))
            .WithName("PublishAutomation").RequirePermission("automations.publish");
}
