using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Changes what is given and leaves what is not: null leaves a field as it is, empty text empties it.</summary>
public sealed record EditTask
{
    public Guid Id { get; set; }

    [KeepBlanks, StringLength(200, ErrorMessage = "Say it in at most 200 characters; there is room for details.")]
    public string? Title { get; set; }

    [KeepBlanks, StringLength(5000, ErrorMessage = "Details have at most 5,000 characters.")]
    public string? Details { get; set; }

    /// <summary>A day or a day and a time of the account: <c>2026-12-01</c>, <c>2026-12-01T14:00</c>.</summary>
    [KeepBlanks]
    public string? Due { get; set; }

    /// <summary><c>none</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c> or <c>yearly</c>.</summary>
    public string? Repeat { get; set; }

    /// <summary>A local time of the account: <c>2026-12-01T09:00</c>.</summary>
    [KeepBlanks]
    public string? Remind { get; set; }

    /// <summary>The id of the user who does it; <c>none</c> for nobody.</summary>
    public string? Assignee { get; set; }

    /// <summary>The contact whom it is about; <c>none</c> for nobody.</summary>
    public string? Contact { get; set; }
}

public sealed class EditTaskHandler(PluraDb db, TaskPlans plans, TaskNews news, TimeProvider clock)
{
    public async Task<Result> Handle(EditTask command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await db.Locked(command.Id, ct) is not { RemovedAt: null } task)
            return ReadTasks.Missing;
        var old = task.AsPlan();
        var (due, remind, contact) = (TaskPlans.Due(command.Due), TaskPlans.Remind(command.Remind), await About(command.Contact, old, ct));
        var assignee = command.Assignee is null ? old.Assignee : await plans.Assignee(command.Assignee, contact.Refusal is null ? contact.Value : null, ct);
        var untitled = command.Title?.Trim().Length == 0 ? Refusal.Invalid("task.title", "Say what has to be done.", nameof(command.Title)) : null;
        if (Refusal.Together(untitled, due.Refusal, remind.Refusal, contact.Refusal, assignee.Refusal) is { } unfit)
            return unfit;
        var plan = old with
        {
            Title = command.Title?.Trim() ?? old.Title,
            Details = command.Details is null ? old.Details : AddNoteHandler.Lines(command.Details.Trim()),
            Contact = contact.Value,
            Assignee = assignee.Value,
            DueDay = command.Due is null ? old.DueDay : due.Value.Day,
            DueTime = command.Due is null ? old.DueTime : due.Value.Time,
            Repeat = command.Repeat ?? old.Repeat,
            Remind = command.Remind is null ? old.Remind : remind.Value,
        };
        if (TaskPlans.Check(plan) is { } wrong)
            return wrong;
        if (plan == old)
            return Result.Done;
        if (await plans.InSight(plan, ct) is { } hidden)
            return hidden;

        var now = clock.GetUtcNow();
        var sameTimes = (plan.DueDay, plan.DueTime, plan.Remind) == (old.DueDay, old.DueTime, old.Remind);
        task.Change(plan, sameTimes ? task.Zone : await plans.Zone(ct), now);
        if (plan.Remind != old.Remind)
        {
            if (TaskPlans.Remindable(task, now) is { } late)
                return late;
            news.Remind(task);
        }

        if (plan.Assignee != old.Assignee)
            news.Given(task);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }

    private async Task<Result<Guid?>> About(string? text, TaskPlan old, CancellationToken ct)
    {
        if (text is null)
            return old.Contact;
        if (text == "none")
            return (Guid?)null;
        return Guid.TryParse(text, out var id) && (id == old.Contact || await ContactRows.Stay(db, id, ct)) ? (Guid?)id : ReadContact.Missing;
    }
}

public static class EditTaskEndpoint
{
    public static void MapEditTask(this IEndpointRouteBuilder routes) =>
        routes.MapPatch("/api/v1/tasks/{id:guid}", async (Guid id, EditTask command, EditTaskHandler handler, ReadTasks tasks, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => tasks.One(id, ct))).RequirePermission("tasks.write").WithName("EditTask");
}
