using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Gives out the file that stands in a field of an opportunity, to whoever sees the opportunity.</summary>
public static class ReadOpportunityFileEndpoint
{
    public static void MapReadOpportunityFile(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/opportunities/{id:guid}/fields/{key}/file", Give).RequirePermission("opportunities.read").WithName("ReadOpportunityFile").ReadsPersonalData("opportunities.read_file");
        routes.MapGet("/a/{account}/opportunities/{id:guid}/fields/{key}/file", Give).RequirePermission("opportunities.read").WithName("DownloadOpportunityFile").ReadsPersonalData("opportunities.read_file");
    }

    private static async Task<IResult> Give(Guid id, string key, HttpContext http, ReadOpportunity opportunities, IOwnFiles files, CancellationToken ct) =>
        await files.Give(id, (await opportunities.One(id, ct))?.Fields.GetValueOrDefault(key), http, ct);
}
