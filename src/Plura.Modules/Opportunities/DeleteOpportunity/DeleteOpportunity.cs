using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Takes a card off the board; it can be brought back for 60 days.</summary>
public sealed record DeleteOpportunity
{
    public Guid Id { get; set; }
}

public sealed class DeleteOpportunityHandler(PluraDb db, BoardNews news, TimeProvider clock)
{
    public async Task<Result> Handle(DeleteOpportunity command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindOpportunity(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        found.Value.Delete(clock.GetUtcNow());
        return await news.Save(ct, found.Value.PipelineId) is { } refused ? refused : Result.Done;
    }
}

public static class DeleteOpportunityEndpoint
{
    public static void MapDeleteOpportunity(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/opportunities/{id:guid}", async (Guid id, DeleteOpportunityHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteOpportunity { Id = id }, ct)).Answer())
            .RequirePermission("opportunities.delete").WithName("DeleteOpportunity");
}
