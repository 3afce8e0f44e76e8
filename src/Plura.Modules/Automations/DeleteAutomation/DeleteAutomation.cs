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
        return await listeners.Change(command.Id, async automation =>
        {
            var now = clock.GetUtcNow();
            automation.Delete(now);
            await db.StopRuns(r => r.AutomationId == automation.Id, StopReasons.Deleted, now, ct);
            return null;
        }, ct);
    }
}

public static class DeleteAutomationEndpoint
{
    public static void MapDeleteAutomation(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/automations/{id:guid}", async (Guid id, DeleteAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteAutomation(id), ct)).Answer())
            .WithName("DeleteAutomation").RequirePermission("automations.edit");
}
