using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Puts a card on the board: business that may come of a contact, who may have several.</summary>
public sealed record CreateOpportunity
{
    [Required(ErrorMessage = "Give the opportunity a name, for example “New roof for the Millers”."), StringLength(Opportunity.LongestName, ErrorMessage = "A name has at most 120 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Choose whom it is about.")]
    public Guid? Contact { get; set; }

    /// <summary>Where it begins; the first stage of <see cref="Pipeline"/> where it is not given.</summary>
    public Guid? Stage { get; set; }

    /// <summary>The account's first pipeline where neither this nor a stage is given.</summary>
    public Guid? Pipeline { get; set; }

    /// <summary>The amount as people write it: <c>1,250.50</c>.</summary>
    public string? Value { get; set; }

    /// <summary>The amount in minor units (cents), instead of <see cref="Value"/>.</summary>
    public long? ValueMinor { get; set; }

    /// <summary>ISO 4217; that of the account's country where it is not given.</summary>
    public string? Currency { get; set; }

    /// <summary>The id of whoever looks after it; <c>none</c> for nobody.</summary>
    public string? Owner { get; set; }

    public string? Source { get; set; }

    /// <summary>The day on which it is expected to be decided: <c>2026-12-31</c>.</summary>
    public string? CloseOn { get; set; }

    /// <summary>The account's own fields by key; a field of kind <c>file</c> takes the id of a file that was uploaded for it (<c>POST /api/v1/fields/{id}/files</c>).</summary>
    public Dictionary<string, string> Fields { get; set => field = value ?? []; } = new(StringComparer.Ordinal);
}

public sealed class CreateOpportunityHandler(PluraDb db, FactReader reader, IContactDirectory contacts, IOwnFiles files, Owners owners, Amounts amounts, BoardNews news, Actor actor, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(CreateOpportunity command, CancellationToken ct)
    {
        var unfit = command.Invalid();
        var stage = await Stage(command, ct);
        var empty = new OpportunityFacts("–", Guid.Empty, null, await amounts.Currency(ct), owners.Unnamed, "", null, new Dictionary<string, string>(StringComparer.Ordinal));
        var facts = await reader.Read(empty, new GivenFacts { Name = command.Name is { Length: > 0 and <= Opportunity.LongestName } ? command.Name : null, Contact = command.Contact, Value = command.Value, ValueMinor = command.ValueMinor, Currency = command.Currency, Owner = command.Owner, Source = command.Source, CloseOn = command.CloseOn, Fields = command.Fields, Needed = Needed.Everything }, ct);
        if (Refusal.Together(unfit, stage.Refusal, facts.Refusal) is { } refusal)
            return refusal;
        if (await reader.Lacks(facts.Value, stage.Value, ct) is { Count: > 0 } lacks)
            return OpportunityRefusals.Lacking(stage.Value, lacks);

        var now = clock.GetUtcNow();
        var opportunity = Opportunity.New(facts.Value.ContactId, stage.Value, facts.Value.Currency, now);
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (!await contacts.Hold(opportunity.ContactId, ct))
            return OpportunityRefusals.NoContact;
        if (facts.Value.Fields.Count > 0 && await files.Take(OpportunityValues.Opportunities, opportunity.Id, facts.Value.Fields, ct) is { } taken)
            return taken;
        facts.Value.Describe(opportunity, now);
        db.Opportunities.Add(opportunity);
        db.OpportunitySteps.Add(OpportunityStep.Begin(opportunity, stage.Value, actor, now));
        db.Publish(new OpportunityCreated(opportunity.Id, opportunity.ContactId, opportunity.PipelineId, opportunity.StageId));
        if (await news.Save(ct, opportunity.PipelineId) is { } refused)
            return refused;
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return opportunity.Id;
    }

    private async Task<Result<Stage>> Stage(CreateOpportunity command, CancellationToken ct)
    {
        if (command.Stage is { } id)
            return await db.FindStage(id, ct);
        var pipelines = db.Pipelines.AsNoTracking();
        var pipeline = command.Pipeline ?? await pipelines.OrderBy(p => p.Position).ThenBy(p => p.Id).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct);
        return await db.Stages.AsNoTracking().Where(s => s.PipelineId == pipeline).OrderBy(s => s.Position).FirstOrDefaultAsync(ct) is { } first
            ? first : Refusal.Invalid("pipeline.missing", "There is no pipeline yet for it to stand in. Make one first.", "Stage");
    }
}

public static class CreateOpportunityEndpoint
{
    public static void MapCreateOpportunity(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/opportunities", async (CreateOpportunity command, CreateOpportunityHandler handler, ReadOpportunity opportunities, CancellationToken ct) =>
        {
            var created = await handler.Handle(command, ct);
            return created.Refusal is { } refusal ? refusal.Problem() : Results.Created($"/api/v1/opportunities/{created.Value}", await opportunities.One(created.Value, ct));
        }).RequirePermission("opportunities.create").WithName("CreateOpportunity");
}
