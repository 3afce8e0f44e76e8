using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>A pipeline as pages and the API show it.</summary>
public sealed record PipelineView(Guid Id, string Name, int Version, IReadOnlyList<StageView> Stages);

/// <param name="Probability">In percent.</param>
/// <param name="RottingDays">After how many days a card has stood here too long.</param>
/// <param name="Needs">What a card needs to stand here.</param>
public sealed record StageView(Guid Id, string Name, string Color, int Probability, int? RottingDays, IReadOnlyList<string> Needs);

/// <summary>The account's pipelines with their stages: two statements.</summary>
public sealed class PipelineBook(PluraDb db)
{
    public async Task<IReadOnlyList<PipelineView>> All(CancellationToken ct)
    {
        var stages = (await db.Stages.AsNoTracking().OrderBy(s => s.Position).ToListAsync(ct)).ToLookup(s => s.PipelineId);
        return [.. (await db.Pipelines.AsNoTracking().OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(ct))
            .Select(p => new PipelineView(p.Id, p.Name, p.Version, [.. stages[p.Id].Select(s => new StageView(s.Id, s.Name, s.Color, s.Probability, s.RottingDays, s.NeedsList()))]))];
    }
}

public static class ListPipelinesEndpoint
{
    public static void MapListPipelines(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/pipelines", async (PipelineBook book, CancellationToken ct) => Results.Ok(new Page<PipelineView>(await book.All(ct), null)))
            .RequirePermission("opportunities.read").WithName("ListPipelines");
}
