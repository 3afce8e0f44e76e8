using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Tries the step again at which contacts stand because it could not be done: for one of them or for all in the automation.</summary>
public sealed record RetryRuns
{
    public Guid Id { get; set; }

    /// <summary>One of them; null for all that failed.</summary>
    public Guid? RunId { get; set; }
}

public sealed class RetryRunsHandler(PluraDb db, IAudit audit, TimeProvider clock)
{
    /// <summary>Answers how many are tried again.</summary>
    public async Task<Result<int>> Handle(RetryRuns command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if ((await db.FindAutomation(command.Id, ct)).Refusal is { } missing)
            return missing;
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var again = await db.Runs.Where(r => r.AutomationId == command.Id && r.State == RunStates.Failed && (command.RunId == null || r.Id == command.RunId)).ExecuteUpdateAsync(s => s
            .SetProperty(r => r.State, RunStates.Going).SetProperty(r => r.WakeAt, now).SetProperty(r => r.Attempt, 0).SetProperty(r => r.Reason, (string?)null), ct);
        if (again == 0)
            return Refusal.Conflict("automation.nothing_failed", "Nobody stands at a step that failed any more.", command.Id);
        await db.Database.ExecuteSqlAsync($"select pg_notify('plura_automation', '')", ct);
        audit.Note("automations.retry_runs", command.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return again;
    }
}

public static class RetryRunsEndpoint
{
    public static void MapRetryRuns(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/automations/{id:guid}/retry", async (Guid id, RetryRuns? command, RetryRunsHandler handler, CancellationToken ct) =>
            (await handler.Handle((command ?? new RetryRuns()) with { Id = id }, ct)).Answer(retried => Results.Ok(new { retried })))
            .WithName("RetryRuns").RequirePermission("automations.publish");
}
