using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>A smart list as pages and the API show it.</summary>
public sealed record ListView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required JsonObject Filter { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    public required string Sort { get; init; }

    public required bool OnlyMine { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [System.Text.Json.Serialization.JsonIgnore] public int Version { get; init; }
}

/// <summary>Reads the smart lists that the person at hand may see: everybody's, and their own.</summary>
public sealed class ReadLists(PluraDb db, Actor actor)
{
    public static readonly Refusal Missing = Refusal.NotFound("list.missing", "This smart list does not exist any more.");

    public async Task<IReadOnlyList<ListView>> All(CancellationToken ct) =>
        [.. (await Mine().OrderBy(s => s.Normal).ThenBy(s => s.Id).ToListAsync(ct)).Select(View)];

    public async Task<ListView?> One(Guid id, CancellationToken ct) =>
        await Mine().SingleOrDefaultAsync(s => s.Id == id, ct) is { } list ? View(list) : null;

    private IQueryable<SmartList> Mine()
    {
        var me = actor.Kind == ActorKind.User ? actor.Id : null;
        return db.SmartLists.AsNoTracking().Where(s => s.RemovedAt == null && (s.OwnerId == null || s.OwnerId == me));
    }

    private static ListView View(SmartList list) => new()
    {
        Id = list.Id,
        Name = list.Name,
        Filter = JsonNode.Parse(list.Filter)!.AsObject(),
        Columns = list.Columns,
        Sort = list.Sort,
        OnlyMine = list.OwnerId is not null,
        CreatedAt = list.CreatedAt,
        Version = list.Version,
    };
}

public sealed record ListViews(IReadOnlyList<ListView> Items);

public static class ReadListsEndpoint
{
    public static void MapReadLists(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/contacts/lists", async (ReadLists lists, CancellationToken ct) => new ListViews(await lists.All(ct))).RequirePermission("contacts.read").WithName("ReadLists");
        routes.MapGet("/api/v1/contacts/lists/{id:guid}", async (Guid id, ReadLists lists, CancellationToken ct) =>
            await lists.One(id, ct) is { } list ? Results.Ok(list) : ReadLists.Missing.Problem()).RequirePermission("contacts.read").WithName("ReadList");
    }
}
