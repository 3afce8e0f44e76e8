using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Contacts;

public static class ReadTimelineEndpoint
{
    public static void MapReadTimeline(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/contacts/{id:guid}/timeline", async (Guid id, string? kinds, string? cursor, int? limit, ContactStory story, ReadContact contacts, CancellationToken ct) =>
        {
            if (await contacts.One(id, ct) is null)
                return ReadContact.Missing.Problem();
            var wanted = (kinds ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return (await story.Read(id, wanted, cursor, Math.Clamp(limit ?? 50, 1, ContactStory.Most), ct)).Answer(Results.Ok);
        }).RequirePermission("contacts.read").WithName("ReadTimeline").ReadsPersonalData("contacts.read_timeline");
}
