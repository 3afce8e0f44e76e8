using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>A task as pages and the API show it.</summary>
/// <param name="Due">A day or a day and a time of <paramref name="TimeZone"/>: <c>2026-12-01</c>, <c>2026-12-01T14:00</c>; null for any day.</param>
/// <param name="DueBy">The moment from which it is late.</param>
public sealed record TaskView(
    Guid Id, string Title, string Details, string? Due, string TimeZone, DateTimeOffset? DueBy, string State, string Repeat, string? Remind, Guid? Assignee, TaskContact? Contact,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? DoneAt, string? DoneBy)
{
    public static string? Words(DateOnly? day, TimeOnly? time) =>
        day is not { } d ? null : d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (time is { } t ? t.ToString("'T'HH:mm", CultureInfo.InvariantCulture) : "");
}

public sealed record TaskContact(Guid Id, string Name);

/// <summary>What a list of tasks shows.</summary>
public static class TaskStates
{
    public const string Open = "open";
    public const string Overdue = "overdue";
    public const string Today = "today";
    public const string Upcoming = "upcoming";
    public const string Done = "done";

    public static readonly IReadOnlyList<string> All = [Open, Overdue, Today, Upcoming, Done];
}

/// <summary>Reads tasks with the names of their contacts: a fixed number of statements, however many.</summary>
public sealed class ReadTasks(PluraDb db, TaskPlans plans, ReadContact contacts, TimeProvider clock)
{
    public static Refusal Missing => Refusal.NotFound("task.missing", "This task does not exist, or it was deleted.");

    public async Task<TaskView?> One(Guid id, CancellationToken ct)
    {
        var rows = await db.Tasks.AsNoTracking().Where(t => t.Id == id && t.RemovedAt == null).ToListAsync(ct);
        return await Views(rows, ct) is [var task] ? task : null;
    }

    public async Task<IReadOnlyList<TaskView>> Views(IReadOnlyList<PlannedTask> rows, CancellationToken ct)
    {
        var (now, today) = await Now(ct);
        var about = rows.Select(t => t.ContactId).OfType<Guid>().Distinct().ToList();
        var names = about.Count == 0 ? [] : (await contacts.Many(about, ct)).ToDictionary(c => c.Id, c => c.Name);
        return [.. rows.Select(t => new TaskView(
            t.Id, t.Title, t.Details, TaskView.Words(t.DueDay, t.DueTime), t.Zone, t.DueDay is null ? null : t.DueBy, State(t, now, today), t.Repeat,
            t.Remind?.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), t.AssigneeId,
            t.ContactId is { } id && names.TryGetValue(id, out var name) ? new TaskContact(id, name) : null, t.CreatedAt, t.CreatedBy, t.DoneAt, t.DoneBy))];
    }

    /// <summary>Now, and when the account's day ends.</summary>
    public async Task<(DateTimeOffset Now, DateTimeOffset EndOfToday)> Now(CancellationToken ct)
    {
        var (now, zone) = (clock.GetUtcNow(), await plans.Zone(ct));
        return (now, LocalTimes.End(LocalTimes.Day(now, zone), null, zone));
    }

    private static string State(PlannedTask task, DateTimeOffset now, DateTimeOffset endOfToday) =>
        task.DoneAt is not null ? TaskStates.Done
        : task.DueBy <= now ? TaskStates.Overdue
        : task.DueBy <= endOfToday ? TaskStates.Today
        : task.DueDay is null ? TaskStates.Open
        : TaskStates.Upcoming;
}
