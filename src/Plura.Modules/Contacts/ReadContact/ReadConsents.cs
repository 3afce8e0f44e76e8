using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>A step of a permission's history as the API shows it.</summary>
public sealed record ConsentView(string Channel, string Topic, string Act, string How, DateTimeOffset At, DateTimeOffset RecordedAt, string Proof, string? Source, string? Wording, string Actor, Guid? SendId);

public static class ReadConsentsEndpoint
{
    public static void MapReadConsents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/contacts/{id:guid}/consents", async (Guid id, string? cursor, int? limit, IContactDirectory directory, IConsentLedger ledger, CancellationToken ct) =>
        {
            if ((await directory.Cards([id], ct)).Count == 0)
                return ReadContact.Missing.Problem();
            var keys = (await directory.Addresses(id, ct)).Select(a => a.AddressKey).Distinct().ToList();
            var history = keys.Count == 0 ? new Page<ConsentRow>([], null) : await ledger.History(keys, cursor, Math.Clamp(limit ?? 50, 1, 200), ct);
            return Results.Ok(new Page<ConsentView>(
                [.. history.Items.Select(r => new ConsentView(r.Channel, r.Topic, r.Act, r.How, r.At, r.RecordedAt, r.Proof, r.Source, r.Wording, r.Actor, r.SendId))], history.Next));
        }).RequirePermission("contacts.read").WithName("ReadConsents").ReadsPersonalData("contacts.read_consents");
}
