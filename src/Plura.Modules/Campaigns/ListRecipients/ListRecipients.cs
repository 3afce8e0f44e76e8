using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Campaigns.Data;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Whom a campaign was meant for, and what became of each; filtered by state and by the reason for it.</summary>
public sealed record ListRecipients(Guid Id, string? State, string? Reason, string? Cursor, int Limit = 50);

/// <param name="Name">Null where the contact has been deleted since.</param>
public sealed record RecipientView(Guid SendId, Guid ContactId, string? Name, string? Email, string State, string? Reason, string Why, DateTimeOffset At);

public sealed class ListRecipientsHandler(PluraDb db, ISendLedger ledger, IContactDirectory contacts, AuditTrail trail)
{
    public async Task<Result<Page<RecipientView>>> Handle(ListRecipients command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.State is { Length: > 0 } state && !SendWords.States.Contains(state))
            return Refusal.Invalid("recipients.state", $"There is no state “{state}”. There are: {string.Join(", ", SendWords.States)}.", nameof(command.State));
        if ((await db.FindCampaign(command.Id, ct)).Refusal is { } unknown)
            return unknown;

        var page = await ledger.List(Campaign.Origin, command.Id, new SendFilter(command.State, command.Reason), command.Cursor, Math.Clamp(command.Limit, 1, 500), ct);
        var cards = await contacts.Cards([.. page.Items.Select(l => l.ContactId)], ct);
        trail.Saw(page.Items.Count);
        return new Page<RecipientView>([.. page.Items.Select(line =>
        {
            var card = cards.GetValueOrDefault(line.ContactId);
            return new RecipientView(line.SendId, line.ContactId, card?.Name, card?.Email, line.State, line.Reason, SendWords.Outcome(line.State, line.Reason), line.At);
        })], page.Next);
    }
}

public static class ListRecipientsEndpoint
{
    public static void MapListRecipients(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/campaigns/{id:guid}/recipients", async (Guid id, string? state, string? reason, string? cursor, int? limit, ListRecipientsHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ListRecipients(id, state, reason, cursor, limit ?? 50), ct)).Answer(Results.Ok))
            .WithName("ListRecipients").RequirePermission("campaigns.read").ReadsPersonalData("campaigns.list_recipients");
}
