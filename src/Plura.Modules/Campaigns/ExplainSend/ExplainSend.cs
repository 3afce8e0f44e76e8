using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Everything about one person in one campaign: what was decided and by which rule, when it was handed off, what happened then.</summary>
public sealed class ExplainSendHandler(PluraDb db, ISendLedger ledger)
{
    public async Task<Result<SendStory>> Handle(Guid campaignId, Guid contactId, CancellationToken ct)
    {
        if ((await db.FindCampaign(campaignId, ct)).Refusal is { } unknown)
            return unknown;
        return await ledger.Story(Campaign.Origin, campaignId, contactId, ct) is { } story
            ? story
            : Refusal.NotFound("campaign.not_planned", "This person was not in the campaign's audience when it was sent, so nothing was decided about them.");
    }
}

public static class ExplainSendEndpoint
{
    public static void MapExplainSend(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/campaigns/{id:guid}/recipients/{contactId:guid}", async (Guid id, Guid contactId, ExplainSendHandler handler, CancellationToken ct) =>
            (await handler.Handle(id, contactId, ct)).Answer(story => Results.Ok(new
            {
                story.SendId,
                story.ContactId,
                story.State,
                story.MessageId,
                story.PlannedAt,
                Decision = story.Decision is { } d ? new { d.Id, d.Outcome, d.At, d.DeferUntil, d.Reasons } : null,
                story.Events,
            })))
            .WithName("ExplainSend").RequirePermission("campaigns.read").ReadsPersonalData("campaigns.explain_send");
}
