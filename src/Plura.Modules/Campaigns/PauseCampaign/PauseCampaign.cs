using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Stops handing messages off; those already begun end. It can be resumed.</summary>
public sealed record PauseCampaign(Guid Id);

public sealed class PauseCampaignHandler(CampaignSteering steering, ISendLedger ledger)
{
    public async Task<Result> Handle(PauseCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await steering.Steer(command.Id, CampaignActs.Paused, Pause, ct, () => ledger.Pause(Campaign.Origin, command.Id, null, ct)) is { } refused ? refused : Result.Done;
    }

    private static Refusal? Pause(Campaign campaign)
    {
        if (campaign.State is not (CampaignStates.Sending or CampaignStates.Paused))
            return Refusal.Conflict("campaign.not_sending", "Only a campaign that is being sent can be paused.");
        if (campaign.State == CampaignStates.Sending)
            campaign.Pause(reason: null);
        return null;
    }
}

public static class PauseCampaignEndpoint
{
    public static void MapPauseCampaign(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/campaigns/{id:guid}/pause", async (Guid id, PauseCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(new PauseCampaign(id), ct)).Answer(StatusCodes.Status202Accepted))
            .WithName("PauseCampaign").RequirePermission("campaigns.send");
}
