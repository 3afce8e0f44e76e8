using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>For the command menu and for fields in which a contact is chosen: those that a few letters find, with the addresses of their pages.</summary>
public sealed record FoundContact(Guid Id, string Text, string? Note, string Href);

public static class FindContactsEndpoint
{
    private const int Most = 6;

    public static void MapFindContacts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/a/{account}/find", async (string account, string? q, IContactDirectory directory, AuditTrail trail, CancellationToken ct) =>
        {
            // One letter finds too much to be worth a look, and none finds everybody.
            IReadOnlyList<ContactCard> found = q?.Trim() is { Length: >= ListContacts.FewestLetters } text ? await directory.Search(text, Most, ct) : [];
            trail.Saw(found.Count);
            return Results.Ok(found.Select(c => new FoundContact(c.Id, c.Name, c.Email ?? c.Phone, $"/a/{account}/contacts/{c.Id}")));
        }).RequirePermission("contacts.read").WithName("FindContacts").ReadsPersonalData("contacts.find");
}
