using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Accounts.Contracts;
using Plura.Campaigns.Data;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Begins a campaign as a draft. A missing sender is the account's own.</summary>
public sealed record CreateCampaign : CampaignDraft;

public sealed class CreateCampaignHandler(PluraDb db, Tenant tenant, IAccountDirectory accounts, ChosenAudience audience, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(CreateCampaign command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await audience.Check(command.Audience, new(), ct) is { } foreign)
            return foreign;

        var account = await accounts.Account(tenant.Id, ct);
        command.FromName ??= account?.SenderName;
        command.FromEmail ??= account?.SenderEmail;
        var now = clock.GetUtcNow();
        var campaign = Campaign.Draft(Guid.CreateVersion7(now), now);
        campaign.Write(command, now);
        db.Campaigns.Add(campaign);
        await db.SaveChangesAsync(ct);
        return campaign.Id;
    }
}

public static class CreateCampaignEndpoint
{
    public static void MapCreateCampaign(this IEndpointRouteBuilder routes)
    {
        // The composer's first save by itself.
        routes.MapPost("/a/{account}/campaigns/autosave", async ([Microsoft.AspNetCore.Mvc.FromForm] IFormCollection form, CreateCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(ComposerForm.Create(form), ct)).Answer(id => Results.Ok(new { id, version = Campaign.FirstVersion })))
            .WithName("AutosaveNewCampaign").RequirePermission("campaigns.create");

        routes.MapPost("/api/v1/campaigns", async (CreateCampaign command, CreateCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(command, ct)).Answer(id => Results.Created($"/api/v1/campaigns/{id}", new { id, state = CampaignStates.Draft })))
            .WithName("CreateCampaign").RequirePermission("campaigns.create");
    }
}
