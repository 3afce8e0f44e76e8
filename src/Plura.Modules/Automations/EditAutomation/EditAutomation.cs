using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Puts another drawing in the place of the whole one, and a name where one is given. What runs stays as it was published.</summary>
public sealed record EditAutomation
{
    public Guid Id { get; set; }

    /// <summary>Which drawing was seen: refused where somebody changed it since.</summary>
    public int DraftNumber { get; set; }

    [StringLength(Automation.LongestName, ErrorMessage = "Keep the name under 120 characters.")]
    public string? Name { get; set; }

    /// <summary>As <c>GetAutomation</c> answers it: triggers, steps, and how often one contact may be in it. It may be as unfinished as it likes.</summary>
    public JsonElement? Flow { get; set; }
}

public sealed class EditAutomationHandler(PluraDb db, TimeProvider clock)
{
    /// <summary>Answers the number of the new drawing.</summary>
    public async Task<Result<int>> Handle(EditAutomation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindAutomation(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        var automation = found.Value;
        if (automation.DraftNumber != command.DraftNumber)
            return AutomationsDb.ChangedElsewhere;
        var now = clock.GetUtcNow();
        if (command.Flow is { } json)
        {
            if (Flow.TryRead(json.GetRawText()) is not { } flow)
                return Refusal.Invalid("automation.flow", $"This is no flow. It has “triggers”, “steps” and “again”, at most {Flow.MostSteps} steps with ids of their own, and no other words.", nameof(command.Flow));
            automation.Draw(flow.Json(), now);
        }

        if (command.Name is { } name)
            automation.Rename(name, now);
        return await db.SaveOrRefuse(ct) is { } refused ? refused : automation.DraftNumber;
    }
}

public static class EditAutomationEndpoint
{
    public static void MapEditAutomation(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/v1/automations/{id:guid}", async (Guid id, EditAutomation command, EditAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle(command with { Id = id }, ct)).Answer(number => Results.Ok(new { id, draftNumber = number })))
            .WithName("EditAutomation").RequirePermission("automations.edit");
}
