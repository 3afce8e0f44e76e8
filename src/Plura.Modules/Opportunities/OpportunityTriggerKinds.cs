using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Automations.Contracts;
using Plura.Opportunities.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>What of opportunities automations begin with and what they do about them, in the module's table of contents.</summary>
internal static class OpportunityTriggerKinds
{
    public const string Stages = "stage";
    private const string Group = "Opportunities";

    public static IServiceCollection AddOpportunityTriggers(this IServiceCollection services) => services
        .AddScoped<IThings, StageThings>().AddScoped<IStep, AddOpportunityStep>().AddScoped<IStep, MoveOpportunityStep>().AddScoped<IStep, MarkOpportunityStep>()
        .AddSingleton(new TriggerKind(OpportunityTriggers.Created, "An opportunity is added", "layout-kanban", Group) { Things = Stages, ThingLabel = "In which stage", ThingText = "An opportunity is added in {thing}" })
        .AddSingleton(new TriggerKind(OpportunityTriggers.Stage, "An opportunity comes to a stage", "arrow-right", Group) { Things = Stages, ThingLabel = "To which stage", ThingText = "An opportunity comes to {thing}" })
        .AddSingleton(new TriggerKind(OpportunityTriggers.Won, "An opportunity is won", "trophy", Group))
        .AddSingleton(new TriggerKind(OpportunityTriggers.Lost, "An opportunity is lost", "circle-x", Group))
        .AddSingleton(new TriggerKind(OpportunityTriggers.Abandoned, "An opportunity is given up", "player-stop", Group))
        .AddSingleton(new TriggerKind(OpportunityTriggers.Reopened, "An opportunity is open again", "refresh", Group));
}

/// <summary>The stages of the account's pipelines.</summary>
internal sealed class StageThings(PluraDb db) : IThings
{
    public string Kind => OpportunityTriggerKinds.Stages;

    public async Task<IReadOnlyList<Thing>> All(CancellationToken ct) =>
        await db.Stages.Join(db.Pipelines, s => s.PipelineId, p => p.Id, (s, p) => new { s.Id, Stage = s.Name, s.Position, Pipeline = p.Name, Place = p.Position })
            .OrderBy(s => s.Place).ThenBy(s => s.Position).Select(s => new Thing(s.Id, s.Pipeline + ": " + s.Stage)).ToListAsync(ct);
}
