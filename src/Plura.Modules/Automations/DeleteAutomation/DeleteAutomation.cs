using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Deletes an automation: whoever is in it stops where they stand. Its history stays, so that what it did can be explained.</summary>
public sealed record DeleteAutomation(Guid Id);

public sealed class DeleteAutomationHandler(PluraDb db, Listeners listeners, TimeProvider clock)
{
    public async Task<Result> Handle(DeleteAutomation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await listeners.Hold(ct);
        var found = await db.FindAutomation(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        var now = clock.GetUtcNow();
        found.Value.Delete(now);
        await db.SaveChangesAsync(ct);
        await db.StopRuns(r => r.AutomationId == command.Id, StopReasons.Deleted, now, ct);
        await listeners.Renew(ct);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class DeleteAutomationEndpoint
{
    public static void MapDeleteAutomation(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/automations/{id:guid}", async (Guid id, DeleteAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteAutomation(id), ct)).Answer())
            .WithName("DeleteAutomation").RequirePermission("automations.edit");
}
