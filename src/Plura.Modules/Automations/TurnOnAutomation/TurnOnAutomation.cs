using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Lets the published version take contacts in again. What happened while it was off takes nobody in.</summary>
public sealed record TurnOnAutomation(Guid Id);

public sealed class TurnOnAutomationHandler(Listeners listeners, TimeProvider clock)
{
    public async Task<Result> Handle(TurnOnAutomation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        return await listeners.Change(command.Id, automation =>
        {
            if (automation.Published is null)
                return Task.FromResult<Refusal?>(Refusal.Conflict("automation.not_published", "Publish it first: nothing of it runs yet."));
            automation.TurnOn(clock.GetUtcNow());
            return Task.FromResult<Refusal?>(null);
        }, ct);
    }
}

public static class TurnOnAutomationEndpoint
{
    public static void MapTurnOnAutomation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/automations/{id:guid}/on", async (Guid id, TurnOnAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle(new TurnOnAutomation(id), ct)).Answer())
            .WithName("TurnOnAutomation").RequirePermission("automations.publish");
}
