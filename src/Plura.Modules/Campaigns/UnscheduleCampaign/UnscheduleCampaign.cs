using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Takes a scheduled campaign back to draft, to write on it.</summary>
public sealed record UnscheduleCampaign(Guid Id);

public sealed class UnscheduleCampaignHandler(CampaignSteering steering)
{
    public async Task<Result> Handle(UnscheduleCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await steering.Steer(command.Id, CampaignActs.Unscheduled, Unschedule, ct) is { } refused ? refused : Result.Done;
    }

    private static Refusal? Unschedule(Campaign campaign)
    {
        if (campaign.State != CampaignStates.Scheduled)
            return Refusal.Conflict("campaign.not_scheduled", "Only a scheduled campaign can go back to draft.");
        campaign.Unschedule();
        return null;
    }
}

public static class UnscheduleCampaignEndpoint
{
    public static void MapUnscheduleCampaign(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/campaigns/{id:guid}/unschedule", async (Guid id, UnscheduleCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(new UnscheduleCampaign(id), ct)).Answer(StatusCodes.Status202Accepted))
            .WithName("UnscheduleCampaign").RequirePermission("campaigns.send");
}
