using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Writes down something that has to be done.</summary>
public sealed record CreateTask
{
    /// <summary>The id that the task shall have, so that asking twice makes one task; null for a new one.</summary>
    public Guid? Id { get; set; }

    [Required(ErrorMessage = "Say what has to be done.")]
    [StringLength(200, ErrorMessage = "Say it in at most 200 characters; there is room for details.")]
    public string Title { get; set; } = "";

    [StringLength(5000, ErrorMessage = "Details have at most 5,000 characters.")]
    public string? Details { get; set; }

    /// <summary>A day or a day and a time of the account: <c>2026-12-01</c>, <c>2026-12-01T14:00</c>.</summary>
    public string? Due { get; set; }

    /// <summary><c>none</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c> or <c>yearly</c>, counted from the day on which it is due.</summary>
    public string? Repeat { get; set; }

    /// <summary>When to remind of it, a local time of the account: <c>2026-12-01T09:00</c>.</summary>
    public string? Remind { get; set; }

    /// <summary>The id of the user who does it; <c>none</c> for nobody.</summary>
    public string? Assignee { get; set; }

    /// <summary>The contact whom it is about.</summary>
    public Guid? Contact { get; set; }
}

public sealed class CreateTaskHandler(PluraDb db, TaskPlans plans, TaskNews news, Actor actor, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(CreateTask command, CancellationToken ct)
    {
        var unfit = command.Invalid();
        var (due, remind) = (TaskPlans.Due(command.Due), TaskPlans.Remind(command.Remind));
        var assignee = await plans.Assignee(command.Assignee, command.Contact, ct);
        if (Refusal.Together(unfit, due.Refusal, remind.Refusal, assignee.Refusal) is { } invalid)
            return invalid;
        var plan = new TaskPlan(command.Title, AddNoteHandler.Lines(command.Details ?? ""), command.Contact, assignee.Value, due.Value.Day, due.Value.Time, command.Repeat ?? Repeats.Never, remind.Value);
        if (TaskPlans.Check(plan) is { } wrong)
            return wrong;

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (command.Contact is { } contact && !await ContactRows.Stay(db, contact, ct))
            return ReadContact.Missing;
        if (await plans.InSight(plan, ct) is { } hidden)
            return hidden;
        var now = clock.GetUtcNow();
        var id = command.Id is { } given && given != Guid.Empty ? given : Guid.CreateVersion7(now);
        await Once.Hold(db, id, ct);
        if (await db.Tasks.AnyAsync(t => t.Id == id, ct))
            return id;
        var task = PlannedTask.New(id, plan, await plans.Zone(ct), actor, now);
        if (TaskPlans.Remindable(task, now) is { } late)
            return late;
        db.Tasks.Add(task);
        db.Publish(new TaskCreated(task.Id, task.ContactId, task.AssigneeId));
        news.Remind(task);
        news.Given(task);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return task.Id;
    }
}

public static class CreateTaskEndpoint
{
    public static void MapCreateTask(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/tasks", async (CreateTask command, CreateTaskHandler handler, ReadTasks tasks, CancellationToken ct) =>
        {
            var created = await handler.Handle(command, ct);
            return created.Refusal is { } refusal ? refusal.Problem() : Results.Created($"/api/v1/tasks/{created.Value}", await tasks.One(created.Value, ct));
        }).RequirePermission("tasks.write").WithName("CreateTask");
}
