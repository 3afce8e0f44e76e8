using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Moves a card to another stage, also of another pipeline. What that stage asks for can be filled in by the same step.</summary>
public sealed record MoveOpportunity
{
    public Guid Id { get; set; }

    [Required(ErrorMessage = "Choose the stage it moves to.")]
    public Guid? Stage { get; set; }

    /// <summary>The version that was seen; where it is given and somebody changed the card since, it does not move.</summary>
    public int? Version { get; set; }

    /// <summary>The amount as people write it: <c>1,250.50</c>.</summary>
    public string? Value { get; set; }

    /// <summary>The id of whoever looks after it.</summary>
    public string? Owner { get; set; }

    public string? Source { get; set; }

    /// <summary>The day on which it is expected to be decided: <c>2026-12-31</c>.</summary>
    public string? CloseOn { get; set; }

    /// <summary>The account's own fields by key; those that are not named stay as they are.</summary>
    public Dictionary<string, string> Fields { get; set => field = value ?? []; } = new(StringComparer.Ordinal);
}

public sealed class MoveOpportunityHandler(PluraDb db, FactReader reader, IOwnFiles files, BoardNews news, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(MoveOpportunity command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var found = await db.FindOpportunity(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var to = await db.FindStage(command.Stage!.Value, ct);
        if (to.Refusal is { } noStage)
            return noStage;
        var (opportunity, stage) = (found.Value, to.Value);
        // A second press of the same button, or a colleague with the same idea.
        if (opportunity.StageId == stage.Id)
            return Result.Done;
        if (command.Version is { } seen && seen != opportunity.Version)
            return OpportunityRefusals.ChangedElsewhere;
        if (opportunity.Status != Statuses.Open)
            return Refusal.Conflict("opportunity.closed", $"This opportunity is closed ({Statuses.Words(opportunity.Status).ToLowerInvariant()}). Open it again before you move it.");

        var facts = await reader.Read(OpportunityFacts.Of(opportunity), new GivenFacts { Value = command.Value, Owner = command.Owner, Source = command.Source, CloseOn = command.CloseOn, Fields = command.Fields, Needed = Needed.WhatIsNamed }, ct);
        if (facts.Refusal is { } unfit)
            return unfit;
        if (await reader.Lacks(facts.Value, stage, ct) is { Count: > 0 } lacks)
            return OpportunityRefusals.Lacking(stage, lacks);
        if (!ReferenceEquals(facts.Value.Fields, opportunity.Fields) && await files.Take(OpportunityValues.Opportunities, opportunity.Id, facts.Value.Fields, ct) is { } taken)
            return taken;
        var now = clock.GetUtcNow();
        var (pipeline, from, before) = (opportunity.PipelineId, (await db.FindStage(opportunity.StageId, ct)).Value, CardBefore.Of(opportunity));
        var step = OpportunityStep.Of(OpportunityStep.Moved, opportunity, from.Name, stage.Id, stage.Name, opportunity.Status, actor, now);
        facts.Value.Describe(opportunity, now);
        opportunity.Move(stage, now);
        opportunity.Remember(before);
        db.OpportunitySteps.Add(step);
        db.Publish(new OpportunityStageChanged(opportunity.Id, opportunity.ContactId, from.Id, stage.Id));
        if (await news.Save(ct, pipeline, stage.PipelineId) is { } refused)
            return refused;
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class MoveOpportunityEndpoint
{
    public static void MapMoveOpportunity(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/opportunities/{id:guid}/move", async (Guid id, MoveOpportunity command, MoveOpportunityHandler handler, ReadOpportunity opportunities, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => opportunities.One(id, ct))).RequirePermission("opportunities.edit").WithName("MoveOpportunity");
}
