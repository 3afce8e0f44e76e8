using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Brings a deleted task back, with its reminder where that is still to come.</summary>
public sealed record RestoreTask(Guid Id);

public sealed class RestoreTaskHandler(PluraDb db)
{
    public async Task<Result> Handle(RestoreTask command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Tasks.SingleOrDefaultAsync(t => t.Id == command.Id, ct) is not { } task)
            return ReadTasks.Missing;
        task.Return();
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public static class RestoreTaskEndpoint
{
    public static void MapRestoreTask(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/tasks/{id:guid}/restore", async (Guid id, RestoreTaskHandler handler, ReadTasks tasks, CancellationToken ct) =>
            await (await handler.Handle(new RestoreTask(id), ct)).AnswerWith(() => tasks.One(id, ct))).RequirePermission("tasks.write").WithName("RestoreTask");

        routes.MapPost("/a/{account}/tasks/{id:guid}/restore", async (string account, Guid id, HttpContext http, TaskForms forms, RestoreTaskHandler handler, CancellationToken ct) =>
            await forms.Answer(http, account, async () => ((await handler.Handle(new RestoreTask(id), ct)).Refusal, "The task is back.", null)))
            .RequirePermission("tasks.write").WithName("UndoDeleteTask");
    }
}
