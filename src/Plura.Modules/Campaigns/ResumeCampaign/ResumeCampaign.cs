using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Goes on with a paused campaign: only those who have not had it yet.</summary>
public sealed record ResumeCampaign(Guid Id);

public sealed class ResumeCampaignHandler(PluraDb db, CampaignSteering steering, ISendLedger ledger)
{
    public async Task<Result> Handle(ResumeCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await steering.Steer(command.Id, CampaignActs.Resumed, Resume, ct, () => ledger.Resume(Campaign.Origin, command.Id, ct)) is { } refused ? refused : Result.Done;
    }

    private Refusal? Resume(Campaign campaign)
    {
        if (campaign.State is not (CampaignStates.Paused or CampaignStates.Sending))
            return Refusal.Conflict("campaign.not_paused", "Only a paused campaign can be resumed.");
        if (campaign.State == CampaignStates.Sending)
            return null;
        campaign.Resume();
        if (campaign.PlannedAt is null)
            db.Enqueue(new StartCampaign(campaign.Id, campaign.Launch));
        return null;
    }
}

public static class ResumeCampaignEndpoint
{
    public static void MapResumeCampaign(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/campaigns/{id:guid}/resume", async (Guid id, ResumeCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ResumeCampaign(id), ct)).Answer(StatusCodes.Status202Accepted))
            .WithName("ResumeCampaign").RequirePermission("campaigns.send");
}
