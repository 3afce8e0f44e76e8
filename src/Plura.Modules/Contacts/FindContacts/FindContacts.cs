using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>For the command menu and for fields in which a contact is chosen: those that a few letters find, with the addresses of their pages.</summary>
/// <param name="Icon">The picture beside it, of whatever is no contact.</param>
public sealed record FoundContact(Guid Id, string Text, string? Note, string Href, string? Icon = null);

public static class FindContactsEndpoint
{
    private const int Most = 6;
    private const int MostOthers = 4;

    public static void MapFindContacts(this IEndpointRouteBuilder routes) =>
        // For fields people alone; for the command menu (all=true) whatever else the modules find.
        routes.MapGet("/a/{account}/find", async (string account, string? q, bool? all, IContactDirectory directory, IEnumerable<IFinds> finders, Actor actor, AuditTrail trail, CancellationToken ct) =>
        {
            // One letter finds too much to be worth a look, and none finds everybody.
            if (q?.Trim() is not { Length: >= ListContacts.FewestLetters } text)
                return Results.Ok(Array.Empty<FoundContact>());
            var found = await directory.Search(text, Most, ct);
            trail.Saw(found.Count);
            var lines = found.Select(c => new FoundContact(c.Id, c.Name, c.Email ?? c.Phone, $"/a/{account}/contacts/{c.Id}")).ToList();
            foreach (var finder in all == true ? finders.Where(f => actor.May(f.Permission)) : [])
                lines.AddRange((await finder.Find(text, MostOthers, ct)).Select(t => new FoundContact(t.Id, t.Text, t.Note, $"/a/{account}/{t.Path}", finder.Icon)));
            return Results.Ok(lines);
        }).RequirePermission("contacts.read").WithName("FindContacts").ReadsPersonalData("contacts.find");
}
