using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Ends a campaign for good: who has not had it never will. What has left cannot be called back.</summary>
public sealed record CancelCampaign(Guid Id);

public sealed class CancelCampaignHandler(PluraDb db, ISendLedger ledger, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(CancelCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindCampaign(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        var campaign = found.Value;
        if (campaign.State is CampaignStates.Draft or CampaignStates.Sent)
            return Refusal.Conflict("campaign.not_sending", campaign.State == CampaignStates.Draft ? "A draft has nothing to cancel. Delete it instead." : "Everyone has had this campaign: there is nothing left to cancel.");

        if (campaign.State != CampaignStates.Cancelled)
        {
            campaign.Cancel(clock.GetUtcNow());
            db.CampaignActs.Add(CampaignAct.Of(campaign.Id, "cancelled", actor, clock.GetUtcNow()));
            if (await db.SaveOrRefuse(ct) is { } refused)
                return refused;
        }

        await ledger.Cancel(Campaign.Origin, campaign.Id, ct);
        return Result.Done;
    }
}

/// <summary>Takes a scheduled campaign back to draft, to write on it.</summary>
public sealed record UnscheduleCampaign(Guid Id);

public sealed class UnscheduleCampaignHandler(PluraDb db, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(UnscheduleCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindCampaign(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        if (found.Value.State != CampaignStates.Scheduled)
            return Refusal.Conflict("campaign.not_scheduled", "Only a scheduled campaign can go back to draft.");

        found.Value.Unschedule();
        db.CampaignActs.Add(CampaignAct.Of(command.Id, "unscheduled", actor, clock.GetUtcNow()));
        return await db.SaveOrRefuse(ct) is { } refused ? refused : Result.Done;
    }
}

public static class CancelCampaignEndpoint
{
    public static void MapCancelCampaign(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/campaigns/{id:guid}/cancel", async (Guid id, CancelCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(new CancelCampaign(id), ct)).Answer(StatusCodes.Status202Accepted))
            .WithName("CancelCampaign").RequirePermission("campaigns.send");
        routes.MapPost("/api/v1/campaigns/{id:guid}/unschedule", async (Guid id, UnscheduleCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(new UnscheduleCampaign(id), ct)).Answer(StatusCodes.Status202Accepted))
            .WithName("UnscheduleCampaign").RequirePermission("campaigns.send");
    }
}
