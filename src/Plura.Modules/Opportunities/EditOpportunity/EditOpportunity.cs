using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Changes what is given and leaves what is not: null leaves a field as it is, empty text empties it.</summary>
public sealed record EditOpportunity
{
    public Guid Id { get; set; }

    /// <summary>The version that the editor saw; where it is given and somebody changed the card since, nothing is overwritten.</summary>
    public int? Version { get; set; }

    [KeepBlanks]
    public string? Name { get; set; }

    public Guid? Contact { get; set; }

    /// <summary>The amount as people write it: <c>1,250.50</c>.</summary>
    [KeepBlanks]
    public string? Value { get; set; }

    /// <summary>The amount in minor units (cents), instead of <see cref="Value"/>.</summary>
    public long? ValueMinor { get; set; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; set; }

    /// <summary>The id of whoever looks after it; <c>none</c> for nobody.</summary>
    [KeepBlanks]
    public string? Owner { get; set; }

    [KeepBlanks]
    public string? Source { get; set; }

    /// <summary>The day on which it is expected to be decided: <c>2026-12-31</c>.</summary>
    [KeepBlanks]
    public string? CloseOn { get; set; }

    /// <summary>The account's own fields by key; those that are not named stay as they are. A field of kind <c>file</c> takes the id of a file that was uploaded for it (<c>POST /api/v1/fields/{id}/files</c>).</summary>
    public Dictionary<string, string> Fields { get; set => field = value ?? []; } = new(StringComparer.Ordinal);
}

public sealed class EditOpportunityHandler(PluraDb db, FactReader reader, IContactDirectory contacts, IOwnFiles files, BoardNews news, TimeProvider clock)
{
    public async Task<Result> Handle(EditOpportunity command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var found = await db.FindOpportunity(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var opportunity = found.Value;
        if (command.Version is { } seen && seen != opportunity.Version)
            return OpportunityRefusals.ChangedElsewhere;
        var before = OpportunityFacts.Of(opportunity);
        var facts = await reader.Read(before, new GivenFacts { Name = command.Name, Contact = command.Contact, Value = command.Value, ValueMinor = command.ValueMinor, Currency = command.Currency, Owner = command.Owner, Source = command.Source, CloseOn = command.CloseOn, Fields = command.Fields, Needed = Needed.WhatIsNamed }, ct);
        if (facts.Refusal is { } unfit)
            return unfit;
        if (facts.Value == before)
            return Result.Done;
        var stage = (await db.FindStage(opportunity.StageId, ct)).Value;
        // What the stage asks for may not be emptied; what was never there, because the stage asks for it only since, may wait.
        if ((await reader.Lacks(facts.Value, stage, ct)).Where(n => !before.Lacks(n)).ToList() is { Count: > 0 } lacks)
            return OpportunityRefusals.Lacking(stage, lacks);
        if (facts.Value.ContactId != before.ContactId && !await contacts.Hold(facts.Value.ContactId, ct))
            return OpportunityRefusals.NoContact;
        if (!ReferenceEquals(facts.Value.Fields, before.Fields) && await files.Take(OpportunityValues.Opportunities, opportunity.Id, facts.Value.Fields, ct) is { } taken)
            return taken;
        facts.Value.Describe(opportunity, clock.GetUtcNow());
        if (await news.Save(ct, opportunity.PipelineId) is { } refused)
            return refused;
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class EditOpportunityEndpoint
{
    public static void MapEditOpportunity(this IEndpointRouteBuilder routes) =>
        routes.MapPatch("/api/v1/opportunities/{id:guid}", async (Guid id, EditOpportunity command, EditOpportunityHandler handler, ReadOpportunity opportunities, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => opportunities.One(id, ct))).RequirePermission("opportunities.edit").WithName("EditOpportunity");
}
