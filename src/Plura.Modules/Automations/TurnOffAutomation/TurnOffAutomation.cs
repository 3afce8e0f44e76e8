using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Takes nobody in any more. Whoever is in it goes on to the end.</summary>
public sealed record TurnOffAutomation(Guid Id);

public sealed class TurnOffAutomationHandler(PluraDb db, Listeners listeners)
{
    public async Task<Result> Handle(TurnOffAutomation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await listeners.Hold(ct);
        var found = await db.FindAutomation(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        found.Value.TurnOff();
        await db.SaveChangesAsync(ct);
        await listeners.Renew(ct);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class TurnOffAutomationEndpoint
{
    public static void MapTurnOffAutomation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/automations/{id:guid}/off", async (Guid id, TurnOffAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle(new TurnOffAutomation(id), ct)).Answer())
            .WithName("TurnOffAutomation").RequirePermission("automations.publish");
}
