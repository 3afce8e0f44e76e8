using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>The account's campaigns, newest first.</summary>
public sealed record ListCampaigns(string? State, string? Cursor, int Limit = 25);

public sealed class ListCampaignsHandler(PluraDb db, ISendLedger ledger)
{
    public async Task<Result<Page<CampaignView>>> Handle(ListCampaigns command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var limit = Math.Clamp(command.Limit, 1, 100);
        var query = db.Campaigns.AsNoTracking();
        if (command.State is { } state)
            query = query.Where(c => c.State == state);
        // Ids are made of the time of creation, so one id says where the page ended.
        if (Guid.TryParse(command.Cursor, out var after))
            query = query.Where(c => c.Id < after);
        var found = await query.OrderByDescending(c => c.Id).Take(limit + 1).ToListAsync(ct);

        var shown = found.Take(limit).ToList();
        var counts = await ledger.Counts(Campaign.Origin, [.. shown.Select(c => c.Id)], ct);
        return new Page<CampaignView>([.. shown.Select(c => CampaignView.Of(c, counts[c.Id]))], found.Count > limit ? shown[^1].Id.ToString() : null);
    }
}

public static class ListCampaignsEndpoint
{
    public static void MapListCampaigns(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/campaigns", async (string? state, string? cursor, int? limit, ListCampaignsHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ListCampaigns(state, cursor, limit ?? 25), ct)).Answer(Results.Ok))
            .WithName("ListCampaigns").RequirePermission("campaigns.read");
}
