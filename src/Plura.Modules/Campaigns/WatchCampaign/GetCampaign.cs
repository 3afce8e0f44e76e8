using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>One campaign with its counts by state, as the API tells it.</summary>
public sealed record CampaignView(
    Guid Id, string Name, string State, string Subject, string? Preview, string FromName, string FromEmail, Audience Audience,
    DateTime? At, string? Zone, int? RatePerMinute, int Version, DateTimeOffset CreatedAt, DateTimeOffset? BegunAt, DateTimeOffset? EndedAt, string? PauseReason, SendCounts Counts)
{
    public static CampaignView Of(Campaign c, SendCounts counts) => new(
        c.Id, c.Name, c.State, c.Subject, c.Preview, c.FromName, c.FromEmail, c.Audience,
        c.At, c.Zone, c.RatePerMinute, c.Version, c.CreatedAt, c.BegunAt, c.EndedAt, c.PauseReason, counts);
}

public sealed class GetCampaignHandler(PluraDb db, ISendLedger ledger)
{
    public async Task<Result<CampaignView>> Handle(Guid id, CancellationToken ct)
    {
        var found = await db.FindCampaign(id, ct);
        return found.Refusal is { } unknown ? unknown : CampaignView.Of(found.Value, await ledger.Counts(Campaign.Origin, id, ct));
    }
}

public static class GetCampaignEndpoint
{
    public static void MapGetCampaign(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/campaigns/{id:guid}", async (Guid id, GetCampaignHandler handler, CancellationToken ct) =>
            (await handler.Handle(id, ct)).Answer(Results.Ok))
            .WithName("GetCampaign").RequirePermission("campaigns.read");
}
