using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Says that a task is not done after all; the next one of a task that repeats goes, if nobody has worked with it.</summary>
public sealed record ReopenTask(Guid Id);

public sealed class ReopenTaskHandler(PluraDb db, IAudit audit)
{
    public async Task<Result> Handle(ReopenTask command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await db.Locked(command.Id, ct) is not { RemovedAt: null } task)
            return ReadTasks.Missing;
        if (task.DoneAt is null)
            return Result.Done;
        if (task.Reopen() is { } next && await db.Locked(next, ct) is { DoneAt: null, ChangedAt: null } following)
            db.Tasks.Remove(following);
        audit.Note("contacts.reopen_task", task.Id);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class ReopenTaskEndpoint
{
    public static void MapReopenTask(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/tasks/{id:guid}/reopen", async (Guid id, ReopenTaskHandler handler, ReadTasks tasks, CancellationToken ct) =>
            await (await handler.Handle(new ReopenTask(id), ct)).AnswerWith(() => tasks.One(id, ct))).RequirePermission("tasks.write").WithName("ReopenTask");

        routes.MapPost("/a/{account}/tasks/{id:guid}/reopen", async (string account, Guid id, HttpContext http, TaskForms forms, ReopenTaskHandler handler, CancellationToken ct) =>
            await forms.Answer(http, account, async () => ((await handler.Handle(new ReopenTask(id), ct)).Refusal, "The task is open again.", null)))
            .RequirePermission("tasks.write").WithName("UntickTask");
    }
}
