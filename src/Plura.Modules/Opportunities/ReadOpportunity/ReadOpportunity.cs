using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>An opportunity as pages and the API show it.</summary>
public sealed record OpportunityView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required Guid ContactId { get; init; }

    /// <summary>Null where the contact is gone, or somebody else's.</summary>
    public string? Contact { get; init; }

    public required Guid PipelineId { get; init; }

    public required Guid StageId { get; init; }

    public required string Stage { get; init; }

    /// <summary>Minor units of the currency.</summary>
    public long? ValueMinor { get; init; }

    public required string Currency { get; init; }

    public Guid? Owner { get; init; }

    public string? OwnerName { get; init; }

    public required string Source { get; init; }

    public DateOnly? CloseOn { get; init; }

    /// <summary>The account's own fields by key.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary><c>open</c>, <c>won</c>, <c>lost</c> or <c>abandoned</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it was lost or given up.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when it stands in its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    public required int DaysInStage { get; init; }

    /// <summary>Longer than its stage allows.</summary>
    public required bool WaitsTooLong { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public required int Version { get; init; }
}

/// <summary>Reads opportunities with the names that belong to them, however many, by a fixed number of statements.</summary>
public sealed class ReadOpportunity(PluraDb db, IContactDirectory contacts, Owners owners, TimeProvider clock)
{
    public async Task<OpportunityView?> One(Guid id, CancellationToken ct) =>
        await db.LiveOpportunities.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is { } found ? (await Many([found], ct))[0] : null;

    public async Task<IReadOnlyList<OpportunityView>> Many(IReadOnlyList<Opportunity> opportunities, CancellationToken ct)
    {
        if (opportunities.Count == 0)
            return [];
        var ids = opportunities.Select(o => o.StageId).Distinct().ToList();
        var stages = await db.Stages.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var cards = await contacts.Cards([.. opportunities.Select(o => o.ContactId)], ct);
        var people = (await owners.People(ct)).ToDictionary(p => p.Id, p => p.Name);
        var now = clock.GetUtcNow();
        return [.. opportunities.Select(o => View(o, stages[o.StageId], cards.GetValueOrDefault(o.ContactId)?.Name, o.OwnerId is { } owner ? people.GetValueOrDefault(owner, "Somebody who has left") : null, now))];
    }

    private static OpportunityView View(Opportunity o, Stage stage, string? contact, string? owner, DateTimeOffset now)
    {
        var days = Math.Max(0, (int)(now - o.StageSince).TotalDays);
        return new OpportunityView
        {
            Id = o.Id,
            Name = o.Name,
            ContactId = o.ContactId,
            Contact = contact,
            PipelineId = o.PipelineId,
            StageId = o.StageId,
            Stage = stage.Name,
            ValueMinor = o.ValueMinor,
            Currency = o.Currency,
            Owner = o.OwnerId,
            OwnerName = owner,
            Source = o.Source,
            CloseOn = o.CloseOn,
            Fields = o.Fields,
            Status = o.Status,
            Reason = o.Status is Statuses.Lost or Statuses.Abandoned ? o.Reason : null,
            StageSince = o.StageSince,
            DaysInStage = days,
            WaitsTooLong = o.Status == Statuses.Open && stage.RottingDays is { } most && days >= most,
            CreatedAt = o.CreatedAt,
            UpdatedAt = o.UpdatedAt,
            ClosedAt = o.ClosedAt,
            Version = o.Version,
        };
    }
}

public static class ReadOpportunityEndpoint
{
    public static void MapReadOpportunity(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/opportunities/{id:guid}", async (Guid id, ReadOpportunity opportunities, CancellationToken ct) =>
            await opportunities.One(id, ct) is { } opportunity ? Results.Ok(opportunity) : OpportunityRefusals.Missing.Problem())
            .RequirePermission("opportunities.read").WithName("ReadOpportunity").ReadsPersonalData("opportunities.read");
}
