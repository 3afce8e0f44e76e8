using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Ends a campaign for good: who has not had it never will. What has left cannot be called back.</summary>
public sealed record CancelCampaign(Guid Id);

public sealed class CancelCampaignHandler(CampaignSteering steering, ISendLedger ledger, TimeProvider clock)
{
    public async Task<Result> Handle(CancelCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await steering.Steer(command.Id, CampaignActs.Cancelled, Cancel, ct, () => ledger.Cancel(Campaign.Origin, command.Id, ct)) is { } refused ? refused : Result.Done;
    }

    private Refusal? Cancel(Campaign campaign)
    {
        if (campaign.State == CampaignStates.Draft)
            return Refusal.Conflict("campaign.not_sending", "A draft has nothing to cancel. Delete it instead.");
        if (campaign.State == CampaignStates.Sent)
            return Refusal.Conflict("campaign.not_sending", "Everyone has had this campaign: there is nothing left to cancel.");
        if (campaign.State != CampaignStates.Cancelled)
            campaign.Cancel(clock.GetUtcNow());
        return null;
    }
}

public static class CancelCampaignEndpoint
{
    public static void MapCancelCampaign(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/campaigns/{id:guid}/cancel", async (Guid id, CancelCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(new CancelCampaign(id), ct)).Answer(StatusCodes.Status202Accepted))
            .WithName("CancelCampaign").RequirePermission("campaigns.send");
}
