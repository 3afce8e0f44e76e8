using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Lets the published version take contacts in again. What happened while it was off takes nobody in.</summary>
public sealed record TurnOnAutomation(Guid Id);

public sealed class TurnOnAutomationHandler(PluraDb db, Listeners listeners, TimeProvider clock)
{
    public async Task<Result> Handle(TurnOnAutomation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await listeners.Hold(ct);
        var found = await db.FindAutomation(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        if (found.Value.Published is null)
            return Refusal.Conflict("automation.not_published", "Publish it first: nothing of it runs yet.");
        found.Value.TurnOn(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await listeners.Renew(ct);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class TurnOnAutomationEndpoint
{
    public static void MapTurnOnAutomation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/automations/{id:guid}/on", async (Guid id, TurnOnAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle(new TurnOnAutomation(id), ct)).Answer())
            .WithName("TurnOnAutomation").RequirePermission("automations.publish");
}
