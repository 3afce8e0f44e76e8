using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes a task away. For thirty days it can come back; then it is forgotten. One that repeats does not come again.</summary>
public sealed record DeleteTask(Guid Id);

public sealed class DeleteTaskHandler(PluraDb db, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(DeleteTask command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Tasks.SingleOrDefaultAsync(t => t.Id == command.Id && t.RemovedAt == null, ct) is not { } task)
            return ReadTasks.Missing;
        var now = clock.GetUtcNow();
        task.Remove(actor, now);
        db.Enqueue(new ForgetRemoved(task.Id), now + ForgetRemoved.After);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public static class DeleteTaskEndpoint
{
    public static void MapDeleteTask(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/tasks/{id:guid}", async (Guid id, DeleteTaskHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteTask(id), ct)).Answer()).RequirePermission("tasks.write").WithName("DeleteTask");
}
