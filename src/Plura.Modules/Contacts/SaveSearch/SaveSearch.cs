using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Keeps a filter under a name, for the list and as the audience of a campaign.</summary>
public sealed record SaveSearch
{
    [Required(ErrorMessage = "Give the search a name."), StringLength(100, ErrorMessage = "A search's name has at most 100 characters.")]
    public string Name { get; set; } = "";

    public ContactFilter Filter { get; set; } = ContactFilter.Everyone;
}

public sealed class SaveSearchHandler(PluraDb db, Filters filters, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(SaveSearch command, CancellationToken ct)
    {
        if ((command.Invalid() ?? ContactInput.Check(command.Name)) is { } invalid)
            return invalid;
        if ((await filters.Compile(command.Filter, "filter", 0, ct)).Refusal is { } refusal)
            return refusal;
        var search = SavedSearch.New(command.Name, command.Filter.Json(), clock.GetUtcNow());
        var normal = search.Normal;
        if (await db.SavedSearches.AnyAsync(s => s.Normal == normal, ct))
            return Refusal.Conflict("search.exists", "You already have a saved search with this name.") with { Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Name"] = ["You already have a saved search with this name."] } };
        db.SavedSearches.Add(search);
        await db.SaveChangesAsync(ct);
        return search.Id;
    }
}

public sealed record SaveSearchBody(string? Name, JsonElement? Filter);

public static class SaveSearchEndpoint
{
    public static void MapSaveSearch(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/contacts/searches", async (SaveSearchBody body, SaveSearchHandler handler, CancellationToken ct) =>
        {
            var filter = body.Filter is { ValueKind: not JsonValueKind.Null } json ? ContactFilter.Read(json) : ContactFilter.Everyone;
            if (filter.Refusal is { } refusal)
                return refusal.Problem();
            var saved = await handler.Handle(new SaveSearch { Name = body.Name ?? "", Filter = filter.Value }, ct);
            return saved.Answer(id => Results.Created($"/api/v1/contacts/searches/{id}", new { id, body.Name }));
        }).RequirePermission("contacts.edit").WithName("SaveSearch");
}
