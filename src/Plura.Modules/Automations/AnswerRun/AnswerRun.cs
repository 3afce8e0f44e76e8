using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Says yes or no where an automation asks about a contact.</summary>
public sealed record AnswerRun
{
    public Guid Id { get; set; }

    public bool Yes { get; set; }
}

public sealed class AnswerRunHandler(PluraDb db, IConditions conditions, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(AnswerRun command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Runs.AsNoTracking().Where(r => r.Id == command.Id).Select(r => new { r.AutomationId, r.ContactId }).FirstOrDefaultAsync(ct) is not { } run
            || (await conditions.Meet([], [run.ContactId], ct)).Value.Count == 0)
            return ShowRun.Missing;
        var (now, answer) = (clock.GetUtcNow(), command.Yes ? Ask.Yes : Ask.No);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Of two answers the first counts.
        var answered = await db.Runs.Where(r => r.Id == command.Id && r.State == RunStates.Going && r.Awaits == Ask.Waiting)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Awaits, answer).SetProperty(r => r.Woken, true).SetProperty(r => r.WakeAt, now), ct);
        if (answered == 0)
            return Refusal.Conflict("automation.answered", "This was answered already, or its time ran out.", command.Id);
        await db.Database.ExecuteSqlAsync($"select pg_notify('plura_automation', '')", ct);
        audit.Note("automations.answer_run", run.AutomationId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class AnswerRunEndpoint
{
    public static void MapAnswerRun(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/automations/runs/{id:guid}/answer", async (Guid id, AnswerRun command, AnswerRunHandler handler, CancellationToken ct) =>
            (await handler.Handle(command with { Id = id }, ct)).Answer()).WithName("AnswerRun").RequirePermission("automations.enrol");
}
