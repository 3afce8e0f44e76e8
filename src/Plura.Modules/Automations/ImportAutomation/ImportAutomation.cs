using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Makes an automation of its text, or of a recipe: a drawing that runs once somebody has looked at it and published it.</summary>
public sealed record ImportAutomation
{
    /// <summary>As <c>ReadAutomationText</c> gives it.</summary>
    [KeepBlanks]
    public string? Text { get; set; }

    /// <summary>Or the word of a recipe: <c>missed-you</c>.</summary>
    public string? Recipe { get; set; }
}

public sealed class ImportAutomationHandler(PluraDb db, FlowReader reader, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(ImportAutomation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var text = command.Recipe is { Length: > 0 } word ? Recipes.All.FirstOrDefault(r => r.Word == word)?.Text : command.Text;
        if (text is null)
            return Refusal.Invalid("automation.no_recipe", "There is no such recipe. Choose one of the list, or paste the text of an automation.", command.Recipe is null ? nameof(command.Text) : nameof(command.Recipe));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var read = await reader.Read(text, ct);
        if (read.Refusal is { } refused)
            return refused;
        var automation = Automation.New(read.Value.Name, read.Value.Flow.Json(), clock.GetUtcNow());
        db.Automations.Add(automation);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return automation.Id;
    }
}

/// <summary>Gives the drawing as text: to keep, to compare, to bring into another account.</summary>
public sealed record ReadAutomationText(Guid Id);

public sealed class ReadAutomationTextHandler(PluraDb db, FlowWriter writer)
{
    public async Task<Result<(string Name, string Text)>> Handle(ReadAutomationText command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindAutomation(command.Id, ct);
        return found.Refusal is { } missing ? missing : (found.Value.Name, await writer.Write(found.Value.Name, Flow.Read(found.Value.Draft), ct));
    }
}

public static class ImportAutomationEndpoint
{
    public static void MapImportAutomation(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/automations/import", async (ImportAutomation command, ImportAutomationHandler handler, CancellationToken ct) =>
            (await handler.Handle(command, ct)).Answer(id => Results.Created($"/api/v1/automations/{id}", new { id, draftNumber = 1 })))
            .WithName("ImportAutomation").RequirePermission("automations.edit");
        routes.MapGet("/api/v1/automations/{id:guid}/text", async (Guid id, ReadAutomationTextHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ReadAutomationText(id), ct)).Answer(read => Results.Text(read.Text, "application/yaml", Encoding.UTF8)))
            .WithName("ReadAutomationText").RequirePermission("automations.read");
        routes.MapGet("/a/{account}/automations/{id:guid}/text", async (Guid id, ReadAutomationTextHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ReadAutomationText(id), ct)).Answer(read => Results.File(Encoding.UTF8.GetBytes(read.Text), "application/yaml", $"{FileName(read.Name)}.yaml")))
            .WithName("ReadAutomationTextHere").RequirePermission("automations.read");
    }

    private static string FileName(string name) => new([.. name.Select(c => char.IsLetterOrDigit(c) || c is ' ' or '-' ? c : '-')]);
}
