using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Kept columns as the API shows them.</summary>
/// <param name="Name">By it, or by the id, an import uses them.</param>
/// <param name="Columns">Each column's name in the file, and where it goes.</param>
/// <param name="Tags">Tags for everybody of such a file.</param>
/// <param name="Policy">Where they differ: <c>fill</c> keeps what the contact has, <c>overwrite</c> takes what the file has.</param>
public sealed record KeptMappingView(Guid Id, string Name, IReadOnlyList<KeptColumn> Columns, IReadOnlyList<string> Tags, string Policy, DateTimeOffset KeptAt)
{
    public static KeptMappingView Of(KeptMapping kept) => new(kept.Id, kept.Name, kept.ReadColumns(), kept.ReadTags(), kept.Policy, kept.KeptAt);
}

public static class KeepMappingEndpoint
{
    public static void MapKeepMapping(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/imports/mappings", async (KeptMappings mappings, CancellationToken ct) =>
            Results.Ok(new Page<KeptMappingView>([.. (await mappings.All(ct)).Select(KeptMappingView.Of)], Next: null)))
            .RequirePermission("contacts.import").WithName("ListMappings");
        routes.MapPost("/api/v1/imports/mappings", async (KeepMapping command, KeepMappingHandler handler, KeptMappings mappings, CancellationToken ct) =>
        {
            var kept = await handler.Handle(command with { Id = null }, ct);
            return kept.Refusal is { } refusal ? refusal.Problem() : Results.Created("/api/v1/imports/mappings", await One(mappings, kept.Value, ct));
        }).RequirePermission("contacts.import").WithName("KeepMapping");
        routes.MapPut("/api/v1/imports/mappings/{id:guid}", async (Guid id, KeepMapping command, KeepMappingHandler handler, KeptMappings mappings, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => One(mappings, id, ct))).RequirePermission("contacts.import").WithName("ChangeMapping");
        routes.MapDelete("/api/v1/imports/mappings/{id:guid}", async (Guid id, DeleteMappingHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteMapping(id), ct)).Answer()).RequirePermission("contacts.import").WithName("DeleteMapping");
    }

    private static async Task<KeptMappingView> One(KeptMappings mappings, Guid id, CancellationToken ct) => KeptMappingView.Of((await mappings.Find(id.ToString(), ct))!);
}
