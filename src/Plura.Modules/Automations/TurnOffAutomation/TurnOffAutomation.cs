using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Takes nobody in any more. Whoever is in it goes on to the end.</summary>
public sealed record TurnOffAutomation(Guid Id);

public sealed class TurnOffAutomationHandler(Listeners listeners)
{
    public async Task<Result> Handle(TurnOffAutomation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await listeners.Change(command.Id, automation =>
        {
            automation.TurnOff();
            return Task.FromResult<Refusal?>(null);
        }, ct);
    }
}

public static class TurnOffAutomationEndpoint
{
    public static void MapTurnOffAutomation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/automations/{id:guid}/off", async (Guid id, TurnOffAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle(new TurnOffAutomation(id), ct)).Answer())
            .WithName("TurnOffAutomation").RequirePermission("automations.publish");
}
