using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Deletes a draft. What was sent stays: it answers for itself.</summary>
public sealed record DeleteCampaign(Guid Id);

public sealed class DeleteCampaignHandler(PluraDb db)
{
    public async Task<Result> Handle(DeleteCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindCampaign(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        if (!found.Value.Editable)
            return Refusal.Conflict("campaign.not_a_draft", "Only a draft can be deleted. What was sent stays, so that you can always say who got it and why.");

        db.Campaigns.Remove(found.Value);
        return await db.SaveOrRefuse(ct) is { } refused ? refused : Result.Done;
    }
}

public static class DeleteCampaignEndpoint
{
    public static void MapDeleteCampaign(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/campaigns/{id:guid}", async (Guid id, DeleteCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteCampaign(id), ct)).Answer())
            .WithName("DeleteCampaign").RequirePermission("campaigns.edit");
}
