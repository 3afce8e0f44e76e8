using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using System.ComponentModel.DataAnnotations;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>One page of tasks: open ones by when they are due, those of no day last; done ones by when they were done, newest first.</summary>
public sealed record ListTasks
{
    /// <summary>A word of <see cref="TaskStates"/>.</summary>
    [RegularExpression("open|overdue|today|upcoming|done", ErrorMessage = "Tasks are “open”, “overdue”, “today”, “upcoming” or “done”.")]
    public string State { get; set; } = TaskStates.Open;

    /// <summary>A user's id, <c>none</c>, or null for everybody's that whoever asks may see.</summary>
    public string? Assignee { get; set; }

    public Guid? Contact { get; set; }

    public string? Cursor { get; set; }

    [Range(1, 200, ErrorMessage = "A page has between 1 and 200 tasks.")]
    public int Limit { get; set; } = 50;
}

/// <summary>How many tasks there are of each kind.</summary>
public sealed record TaskCounts(int Open, int Overdue, int Today, int Upcoming);

public sealed class ListTasksHandler(PluraDb db, ReadTasks tasks)
{
    public async Task<Result<Page<TaskView>>> Handle(ListTasks query, CancellationToken ct)
    {
        if (query.Invalid() is { } invalid)
            return invalid;
        (DateTimeOffset At, Guid Id)? from = null;
        if (query.Cursor is not null && (from = TimeCursor.Read(query.Cursor)) is null)
            return TimeCursor.Unknown;
        var (now, today) = await tasks.Now(ct);
        var done = query.State == TaskStates.Done;
        var rows = Whose(query);
        rows = query.State switch
        {
            TaskStates.Done => rows.Where(t => t.DoneAt != null),
            TaskStates.Overdue => rows.Where(t => t.DoneAt == null && t.DueBy <= now),
            TaskStates.Today => rows.Where(t => t.DoneAt == null && t.DueBy > now && t.DueBy <= today),
            TaskStates.Upcoming => rows.Where(t => t.DoneAt == null && t.DueBy > today && t.DueBy < PlannedTask.Someday),
            _ => rows.Where(t => t.DoneAt == null),
        };
        if (from is var (at, id))
        {
            rows = done ? rows.Where(t => EF.Functions.LessThan(ValueTuple.Create(t.DoneAt!.Value, t.Id), ValueTuple.Create(at, id)))
                : rows.Where(t => EF.Functions.GreaterThan(ValueTuple.Create(t.DueBy, t.Id), ValueTuple.Create(at, id)));
        }

        rows = done ? rows.OrderByDescending(t => t.DoneAt).ThenByDescending(t => t.Id) : rows.OrderBy(t => t.DueBy).ThenBy(t => t.Id);
        var found = await rows.AsNoTracking().Take(query.Limit + 1).ToListAsync(ct);
        var more = found.Count > query.Limit;
        if (more)
            found.RemoveAt(query.Limit);
        return new Page<TaskView>(await tasks.Views(found, ct), more ? TimeCursor.Write(done ? found[^1].DoneAt!.Value : found[^1].DueBy, found[^1].Id) : null);
    }

    /// <summary>The numbers beside the filters, of the same people: one statement.</summary>
    public async Task<TaskCounts> Count(ListTasks query, CancellationToken ct)
    {
        var (now, today) = await tasks.Now(ct);
        return await Whose(query).Where(t => t.DoneAt == null).GroupBy(_ => 1).Select(g => new TaskCounts(
            g.Count(), g.Count(t => t.DueBy <= now), g.Count(t => t.DueBy > now && t.DueBy <= today), g.Count(t => t.DueBy > today && t.DueBy < PlannedTask.Someday))).SingleOrDefaultAsync(ct) ?? new TaskCounts(0, 0, 0, 0);
    }

    /// <summary>PostgreSQL adds whose tasks are out of sight (notes.sql). What is about a contact in the bin waits there with it.</summary>
    private IQueryable<PlannedTask> Whose(ListTasks query)
    {
        var bin = db.Bin;
        var rows = db.Tasks.Where(t => t.RemovedAt == null && !bin.Any(b => b.Id == t.ContactId));
        if (query.Contact is { } contact)
            rows = rows.Where(t => t.ContactId == contact);
        if (query.Assignee == "none")
            rows = rows.Where(t => t.AssigneeId == null);
        else if (query.Assignee is not null)
            rows = Guid.TryParse(query.Assignee, out var person) ? rows.Where(t => t.AssigneeId == person) : rows.Where(_ => false);
        return rows;
    }
}

public static class ListTasksEndpoint
{
    public static void MapListTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tasks", async (string? state, string? assignee, Guid? contact, string? cursor, int? limit, ListTasksHandler handler, CancellationToken ct) =>
            (await handler.Handle(new ListTasks { State = state ?? TaskStates.Open, Assignee = assignee, Contact = contact, Cursor = cursor, Limit = limit ?? 50 }, ct)).Answer(Results.Ok))
            .RequirePermission("tasks.read").WithName("ListTasks").ReadsPersonalData("contacts.list_tasks");
        routes.MapGet("/api/v1/tasks/{id:guid}", async (Guid id, ReadTasks tasks, CancellationToken ct) =>
            await tasks.One(id, ct) is { } task ? Results.Ok(task) : ReadTasks.Missing.Problem())
            .RequirePermission("tasks.read").WithName("ReadTask").ReadsPersonalData("contacts.list_tasks");
    }
}
