using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Saves a draft. Refused when it is no draft any more, or when somebody else saved since <see cref="Version"/> was read.</summary>
public sealed record EditCampaign : CampaignDraft
{
    public Guid Id { get; set; }

    public int Version { get; set; }
}

public sealed class EditCampaignHandler(PluraDb db, ChosenAudience audience, TimeProvider clock)
{
    /// <summary>Answers the new version.</summary>
    public async Task<Result<int>> Handle(EditCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindCampaign(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;

        var campaign = found.Value;
        if (!campaign.Editable)
            return Refusal.Conflict("campaign.not_a_draft", campaign.State == CampaignStates.Scheduled
                ? "This campaign is scheduled. Take it back to draft before you change it."
                : "This campaign has been sent and can no longer change. Make a copy of it to write a new one.");
        if (campaign.Version != command.Version)
            return CampaignRefusals.ChangedElsewhere;
        if (await audience.Check(command.Audience, campaign.Audience, ct) is { } foreign)
            return foreign;

        campaign.Write(command, clock.GetUtcNow());
        return await db.SaveOrRefuse(ct) is { } refused ? refused : campaign.Version;
    }
}

public static class EditCampaignEndpoint
{
    public static void MapEditCampaign(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/api/v1/campaigns/{id:guid}", async (Guid id, EditCampaign command, EditCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(command with { Id = id }, ct)).Answer(version => Results.Ok(new { id, version })))
            .WithName("EditCampaign").RequirePermission("campaigns.edit");

        // The composer saves by itself while one writes.
        routes.MapPost("/a/{account}/campaigns/{id:guid}/autosave", async (Guid id, [Microsoft.AspNetCore.Mvc.FromForm] IFormCollection form, EditCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(ComposerForm.Edit(id, form), ct)).Answer(version => Results.Ok(new { version })))
            .WithName("AutosaveCampaign").RequirePermission("campaigns.edit");
    }
}
