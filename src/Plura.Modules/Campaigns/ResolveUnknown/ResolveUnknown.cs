using System.ComponentModel.DataAnnotations;
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

    /// <summary>The send's id; null for all that are unknown.</summary>
    public Guid? SendId { get; set; }

    /// <summary>True: handed over once more, under the same Message-ID. False: closed as it is.</summary>
    [Required(ErrorMessage = "Say whether to send again (true) or to leave it (false).")]
    public bool? Resend { get; set; }
}

public sealed class ResolveUnknownHandler(PluraDb db, ISendLedger ledger)
{
    private const int Batch = 200;

    public async Task<Result> Handle(ResolveUnknown command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if ((await db.FindCampaign(command.Id, ct)).Refusal is { } unknown)
            return unknown;
        var resend = command.Resend == true;
        if (command.SendId is { } one)
            return await ledger.Resolve(Campaign.Origin, command.Id, one, resend, ct);

        // At most one per open connection and crash: usually a handful.
        string? cursor = null;
        do
        {
            var some = await ledger.List(Campaign.Origin, command.Id, new SendFilter("unknown", null), cursor, Batch, ct);
            foreach (var line in some.Items)
            {
                // What somebody else has decided a moment ago is decided.
                if ((await ledger.Resolve(Campaign.Origin, command.Id, line.SendId, resend, ct)).Refusal is { Code: not "send.not_unknown" } refused)
                    return refused;
            }

            cursor = some.Next;
        }
        while (cursor is not null);
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
