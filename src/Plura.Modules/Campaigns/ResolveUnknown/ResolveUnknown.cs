using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>
/// A person decides about messages of which nobody knows whether they arrived (the machine stopped between the last byte and the
/// answer): send again at the risk of a second copy, or leave it. One send, or all of the campaign's.
/// </summary>
public sealed record ResolveUnknown
{
    public Guid Id { get; set; }

    public Guid? SendId { get; set; }

    public bool Resend { get; set; }
}

public sealed class ResolveUnknownHandler(PluraDb db, ISendLedger ledger)
{
    public async Task<Result> Handle(ResolveUnknown command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if ((await db.FindCampaign(command.Id, ct)).Refusal is { } unknown)
            return unknown;
        if (command.SendId is { } one)
            return await ledger.Resolve(one, command.Resend, ct);

        // At most one per open connection: a handful.
        var all = await ledger.List(Campaign.Origin, command.Id, new SendFilter("unknown", null), null, 500, ct);
        foreach (var line in all.Items)
        {
            if ((await ledger.Resolve(line.SendId, command.Resend, ct)).Refusal is { } refused)
                return refused;
        }

        return Result.Done;
    }
}

public static class ResolveUnknownEndpoint
{
    public static void MapResolveUnknown(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/campaigns/{id:guid}/unknown", async (Guid id, ResolveUnknown command, ResolveUnknownHandler handler, CancellationToken ct) =>
            (await handler.Handle(command with { Id = id }, ct)).Answer())
            .WithName("ResolveUnknown").RequirePermission("campaigns.send");
}
