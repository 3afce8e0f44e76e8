using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Says that a task is done; one that repeats is followed by the next.</summary>
public sealed record CompleteTask(Guid Id);

public sealed class CompleteTaskHandler(PluraDb db, TaskNews news, IAudit audit, Actor actor, TimeProvider clock)
{
    public async Task<Result<PlannedTask>> Handle(CompleteTask command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await db.Locked(command.Id, ct) is not { RemovedAt: null } task)
            return ReadTasks.Missing;
        // A second press finds it done.
        if (task.DoneAt is not null)
            return task;
        var now = clock.GetUtcNow();
        if (task.Complete(actor, LocalTimes.Day(now, task.Zone), now) is { } next)
        {
            db.Tasks.Add(next);
            db.Publish(new TaskCreated(next.Id, next.ContactId, next.AssigneeId));
            if (next.RemindAt > now)
                news.Remind(next);
        }

        db.Publish(new TaskCompleted(task.Id, task.ContactId));
        audit.Note("contacts.complete_task", task.Id);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return task;
    }
}

internal static class LockedTasks
{
    /// <summary>The task, held until the transaction is over: two who finish or change it at once take turns.</summary>
    public static Task<PlannedTask?> Locked(this PluraDb db, Guid id, CancellationToken ct) =>
        db.Tasks.FromSql($"select * from contacts.task where tenant_id = {db.Tenant.Id} and id = {id} for update").SingleOrDefaultAsync(ct);
}

public static class CompleteTaskEndpoint
{
    public static void MapCompleteTask(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/tasks/{id:guid}/complete", async (Guid id, CompleteTaskHandler handler, ReadTasks tasks, CancellationToken ct) =>
            await (await handler.Handle(new CompleteTask(id), ct)).AnswerWith(() => tasks.One(id, ct))).RequirePermission("tasks.write").WithName("CompleteTask");

        routes.MapPost("/a/{account}/tasks/{id:guid}/complete", async (string account, Guid id, HttpContext http, TaskForms forms, CompleteTaskHandler handler, CancellationToken ct) =>
            await forms.Answer(http, account, async () =>
            {
                var done = await handler.Handle(new CompleteTask(id), ct);
                return (done.Refusal, done.Ok && done.Value.NextId is not null ? "Done. The next one is on the list." : "Done.", $"/a/{account}/tasks/{id}/reopen");
            })).RequirePermission("tasks.write").WithName("TickTask");
    }
}
