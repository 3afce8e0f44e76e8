using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Accounts.Contracts;
using Plura.Campaigns.Data;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>
/// Sends a campaign now, or at a time. Pressing twice sends once. Refused with a sentence per thing that is missing:
/// a subject, a body, a sender, a postal address, somebody to send to.
/// </summary>
public sealed record SendCampaign
{
    public Guid Id { get; set; }

    /// <summary>An instant (<c>2026-12-01T09:00:00Z</c>) or a local time of the account (<c>2026-12-01T09:00</c>); null for now.</summary>
    public string? At { get; set; }

    [Range(1, 100_000, ErrorMessage = "The limit per minute is a number from 1 to 100,000. Leave it empty for no limit.")]
    public int? RatePerMinute { get; set; }

    /// <summary>True: as fast as the mail server takes them, whatever limit the campaign was saved with. A number beside it wins.</summary>
    public bool NoLimit { get; set; }
}

public sealed class SendCampaignHandler(PluraDb db, Tenant tenant, Actor actor, IAccountDirectory accounts, Readiness readiness, LiveCampaigns live, TimeProvider clock)
{
    public async Task<Result> Handle(SendCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindCampaign(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        var campaign = found.Value;
        if (!campaign.Editable)
            return Again(campaign, command);

        var account = (await accounts.Account(tenant.Id, ct))!;
        var now = clock.GetUtcNow();
        var start = StartTime.Read(command.At, account.TimeZone, now);
        if (start.Refusal is { } never)
            return never;
        if (await readiness.Missing(campaign, account, ct) is [var missing, ..])
            return missing;

        campaign.Schedule(start.Value, start.Value is null ? null : account.TimeZone, command.RatePerMinute ?? (command.NoLimit ? null : campaign.RatePerMinute));
        db.CampaignActs.Add(CampaignAct.Of(campaign.Id, campaign.At is null ? CampaignActs.Sent : CampaignActs.Scheduled, actor, now));
        db.Enqueue(new StartCampaign(campaign.Id, campaign.Launch), campaign.Due());
        if (await db.SaveOrRefuse(ct) is null)
        {
            await live.Changed(campaign.Id, ct);
            return Result.Done;
        }

        // The other of two clicks was quicker; what counts is what stands there now.
        db.ChangeTracker.Clear();
        var winner = (await db.FindCampaign(command.Id, ct)).Value;
        return winner.Editable ? CampaignRefusals.ChangedElsewhere : Again(winner, command);
    }

    /// <summary>Asking again for what already happens is no mistake; asking for something else is refused.</summary>
    private static Result Again(Campaign campaign, SendCampaign command) => campaign.State switch
    {
        CampaignStates.Sending when command.At is null => Result.Done,
        CampaignStates.Sent when command.At is null => Result.Done,
        CampaignStates.Scheduled when command.At is not null => Result.Done,
        CampaignStates.Scheduled => Refusal.Conflict("campaign.scheduled", "This campaign is scheduled. Take it back to draft to send it now."),
        CampaignStates.Paused => Refusal.Conflict("campaign.paused", "This campaign is paused. Resume it to go on."),
        CampaignStates.Cancelled => Refusal.Conflict("campaign.cancelled", "This campaign was cancelled. Make a copy of it to send it again."),
        _ => Refusal.Conflict("campaign.sent", "This campaign has already been sent. Make a copy of it to send it again."),
    };
}

public static class SendCampaignEndpoint
{
    public static void MapSendCampaign(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/campaigns/{id:guid}/send", async (Guid id, SendCampaign? command, SendCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle((command ?? new SendCampaign()) with { Id = id }, ct)).Answer(StatusCodes.Status202Accepted))
            .WithName("SendCampaign").RequirePermission("campaigns.send");
}
