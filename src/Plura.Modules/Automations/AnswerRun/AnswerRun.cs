using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Automations;

/// <summary>Says yes or no where an automation asks about a contact.</summary>
public sealed record AnswerRun
{
    public Guid Id { get; set; }

    public bool Yes { get; set; }
}

public sealed class AnswerRunHandler(PluraDb db, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(AnswerRun command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Runs.AsNoTracking().Where(r => r.Id == command.Id).Select(r => (Guid?)r.AutomationId).FirstOrDefaultAsync(ct) is not { } automation)
            return ShowRun.Missing;
        var (now, answer) = (clock.GetUtcNow(), command.Yes ? Ask.Yes : Ask.No);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Of two answers the first counts.
        var answered = await db.Runs.Where(r => r.Id == command.Id && r.State == RunStates.Going && r.Awaits == Ask.Waiting)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Awaits, answer).SetProperty(r => r.Woken, true).SetProperty(r => r.WakeAt, now), ct);
        if (answered == 0)
            return Refusal.Conflict("automation.answered", "This was answered already, or its time ran out.", command.Id);
        await db.Database.ExecuteSqlAsync($"select pg_notify('plura_automation', '')", ct);
        audit.Note("automations.answer_run", automation);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class AnswerRunEndpoint
{
    public static void MapAnswerRun(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/automations/runs/{id:guid}/answer", async (Guid id, AnswerRun command, AnswerRunHandler handler, CancellationToken ct) =>
            (await handler.Handle(command with { Id = id }, ct)).Answer()).WithName("AnswerRun").RequirePermission("automations.enrol");
        routes.MapPost("/a/{account}/automations/runs/{id:guid}/answer", async (string account, Guid id, HttpContext http, IAntiforgery antiforgery, AnswerRunHandler handler, Flash flash, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var yes = (await http.Request.ReadFormAsync(ct))["Yes"] == "true";
            var answered = await handler.Handle(new AnswerRun { Id = id, Yes = yes }, ct);
            if (answered.Refusal is { Kind: RefusalKind.NotFound } missing)
                return missing.Problem();
            flash.Say(answered.Refusal?.Text ?? (yes ? "You said yes." : "You said no."));
            return Results.LocalRedirect($"/a/{account}/automations/runs/{id}");
        }).WithName("AnswerRunHere").RequirePermission("automations.enrol");
    }
}
