using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>The API's body of a smart list; what is not given is as usual.</summary>
public sealed record KeepListBody(string? Name, JsonElement? Filter, IReadOnlyList<string>? Columns, string? Sort, bool? OnlyMine)
{
    public Result<KeepList> Command(Guid? id)
    {
        var filter = Filter is { ValueKind: not JsonValueKind.Null } json ? ContactFilter.Read(json) : ContactFilter.Everyone;
        return filter.Refusal is { } refusal ? refusal
            : new KeepList { Id = id, Name = Name ?? "", Filter = filter.Value, Columns = Columns ?? [], Sort = Sort ?? "newest", OnlyMine = OnlyMine ?? false };
    }
}

public static class KeepListEndpoint
{
    public static void MapKeepList(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/contacts/lists", async (KeepListBody body, KeepListHandler handler, ReadLists lists, CancellationToken ct) =>
        {
            var kept = await Keep(body, null, handler, ct);
            return kept.Refusal is { } refusal ? refusal.Problem() : Results.Created($"/api/v1/contacts/lists/{kept.Value}", await lists.One(kept.Value, ct));
        }).RequirePermission("contacts.edit").WithName("KeepList");
        routes.MapPut("/api/v1/contacts/lists/{id:guid}", async (Guid id, KeepListBody body, KeepListHandler handler, ReadLists lists, CancellationToken ct) =>
            await (await Keep(body, id, handler, ct)).AnswerWith(() => lists.One(id, ct))).RequirePermission("contacts.edit").WithName("ChangeList");
    }

    private static async Task<Result<Guid>> Keep(KeepListBody body, Guid? id, KeepListHandler handler, CancellationToken ct) =>
        body.Command(id) is { Refusal: { } refusal } ? refusal : await handler.Handle(body.Command(id).Value, ct);
}
