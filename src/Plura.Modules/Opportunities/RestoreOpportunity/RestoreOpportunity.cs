using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Opportunities.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Opportunities;

/// <summary>Brings a deleted card back to where it stood.</summary>
public sealed record RestoreOpportunity
{
    public Guid Id { get; set; }
}

public sealed class RestoreOpportunityHandler(PluraDb db, BoardNews news, TimeProvider clock)
{
    public async Task<Result> Handle(RestoreOpportunity command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Opportunities.SingleOrDefaultAsync(o => o.Id == command.Id, ct) is not { } opportunity)
            return OpportunityRefusals.Missing;
        if (opportunity.DeletedAt is null)
            return Result.Done;
        opportunity.Restore(clock.GetUtcNow());
        return await news.Save(ct, opportunity.PipelineId) is { } refused ? refused : Result.Done;
    }
}

public static class RestoreOpportunityEndpoint
{
    public static void MapRestoreOpportunity(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/opportunities/{id:guid}/restore", async (Guid id, RestoreOpportunityHandler handler, ReadOpportunity opportunities, CancellationToken ct) =>
            await (await handler.Handle(new RestoreOpportunity { Id = id }, ct)).AnswerWith(() => opportunities.One(id, ct))).RequirePermission("opportunities.delete").WithName("RestoreOpportunity");

        routes.MapPost("/a/{account}/opportunities/{id:guid}/restore", async (string account, Guid id, HttpContext http, IAntiforgery antiforgery, RestoreOpportunityHandler handler, Flash flash, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var restored = await handler.Handle(new RestoreOpportunity { Id = id }, ct);
            flash.Say(restored.Refusal?.Text ?? "The opportunity is back where it stood.");
            return Results.LocalRedirect($"/a/{account}/opportunities/{id}");
        }).RequirePermission("opportunities.delete").WithName("UndoDeleteOpportunity");
    }
}
