using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Makes a new draft with the same words and audience.</summary>
public sealed record DuplicateCampaign(Guid Id);

public sealed class DuplicateCampaignHandler(PluraDb db, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(DuplicateCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindCampaign(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;

        var copy = found.Value.Copy(clock.GetUtcNow());
        db.Campaigns.Add(copy);
        await db.SaveChangesAsync(ct);
        return copy.Id;
    }
}

public static class DuplicateCampaignEndpoint
{
    public static void MapDuplicateCampaign(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/campaigns/{id:guid}/duplicate", async (Guid id, DuplicateCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DuplicateCampaign(id), ct)).Answer(copy => Results.Created($"/api/v1/campaigns/{copy}", new { id = copy, state = CampaignStates.Draft })))
            .WithName("DuplicateCampaign").RequirePermission("campaigns.create");
}
