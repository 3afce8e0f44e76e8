using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Opportunities.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Says how it ended, won, lost or given up, or opens it again. It keeps its stage.</summary>
public sealed record MarkOpportunity : IValidatableObject
{
    public Guid Id { get; set; }

    /// <summary><c>open</c>, <c>won</c>, <c>lost</c> or <c>abandoned</c>.</summary>
    [Required(ErrorMessage = "Say how it ended."), RegularExpression("open|won|lost|abandoned", ErrorMessage = "An opportunity is “open”, “won”, “lost” or “abandoned”.")]
    public string Status { get; set; } = "";

    /// <summary>Why it was lost or given up.</summary>
    [StringLength(Opportunity.LongestReason, ErrorMessage = "A reason has at most 500 characters.")]
    public string? Reason { get; set; }

    /// <summary>The version that was seen; where it is given and somebody changed the card since, nothing happens.</summary>
    public int? Version { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Status is Statuses.Lost or Statuses.Abandoned && string.IsNullOrWhiteSpace(Reason))
            yield return new ValidationResult("Say in a few words why: it is what you learn from.", [nameof(Reason)]);
    }
}

public sealed class MarkOpportunityHandler(PluraDb db, BoardNews news, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(MarkOpportunity command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindOpportunity(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var opportunity = found.Value;
        if (opportunity.Status == command.Status && (command.Reason is null || command.Reason == opportunity.Reason))
            return Result.Done;
        if (command.Version is { } seen && seen != opportunity.Version)
            return OpportunityRefusals.ChangedElsewhere;
        var now = clock.GetUtcNow();
        var stage = (await db.FindStage(opportunity.StageId, ct)).Value;
        var (status, before) = (opportunity.Status, CardBefore.Of(opportunity));
        if (status != command.Status)
        {
            db.OpportunitySteps.Add(OpportunityStep.Of(OpportunityStep.Marked, opportunity, stage.Name, stage.Id, stage.Name, command.Status, actor, now));
            db.Publish(new OpportunityStatusChanged(opportunity.Id, opportunity.ContactId, status, command.Status));
        }

        opportunity.Mark(command.Status, command.Reason, now);
        if (status != command.Status)
            opportunity.Remember(before);
        return await news.Save(ct, opportunity.PipelineId) is { } refused ? refused : Result.Done;
    }
}

public static class MarkOpportunityEndpoint
{
    public static void MapMarkOpportunity(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/opportunities/{id:guid}/status", async (Guid id, MarkOpportunity command, MarkOpportunityHandler handler, ReadOpportunity opportunities, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => opportunities.One(id, ct))).RequirePermission("opportunities.edit").WithName("MarkOpportunity");
}
