using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Begins an automation as an empty drawing.</summary>
public sealed record CreateAutomation
{
    [Required(ErrorMessage = "Give it a name, so that you find it again.")]
    [StringLength(Automation.LongestName, ErrorMessage = "Keep the name under 120 characters.")]
    public string Name { get; set; } = "";
}

public sealed class CreateAutomationHandler(PluraDb db, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(CreateAutomation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var automation = Automation.New(command.Name, Flow.Empty.Json(), clock.GetUtcNow());
        db.Automations.Add(automation);
        await db.SaveChangesAsync(ct);
        return automation.Id;
    }
}

public static class CreateAutomationEndpoint
{
    public static void MapCreateAutomation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/automations", async (CreateAutomation command, CreateAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle(command, ct)).Answer(id => Results.Created($"/api/v1/automations/{id}", new { id, draftNumber = 1 })))
            .WithName("CreateAutomation").RequirePermission("automations.edit");
}
