using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>
/// Something that somebody has to do. When it is due and when to remind of it are local times of the account, kept as such with their zone: a call at
/// nine stays at nine when the clocks change.
/// </summary>
public sealed class PlannedTask : ITenantOwned
{
    /// <summary>Where a task without a day stands in a list by day: at its end.</summary>
    public static readonly DateTimeOffset Someday = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private PlannedTask()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Title { get; private set; } = "";

    public string Details { get; private set; } = "";

    /// <summary>Whom it is about; no key to the contact's row, because the task outlives its stay in the bin.</summary>
    public Guid? ContactId { get; private set; }

    /// <summary>Who does it: a user.</summary>
    public Guid? AssigneeId { get; private set; }

    public DateOnly? DueDay { get; private set; }

    /// <summary>Null for any time of the day.</summary>
    public TimeOnly? DueTime { get; private set; }

    /// <summary>The IANA zone of <see cref="DueDay"/>, <see cref="DueTime"/> and <see cref="Remind"/>.</summary>
    public string Zone { get; private set; } = "";

    /// <summary>The moment at which it is late, made of the above; <see cref="Someday"/> without a day.</summary>
    public DateTimeOffset DueBy { get; private set; } = Someday;

    /// <summary>A word of <see cref="Repeats"/>.</summary>
    public string Repeat { get; private set; } = Repeats.Never;

    /// <summary>The first day of a task that repeats: the 31st stays the 31st after a February.</summary>
    public DateOnly? FirstDay { get; private set; }

    /// <summary>The local time of the reminder.</summary>
    public DateTime? Remind { get; private set; }

    public DateTimeOffset? RemindAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public string CreatedBy { get; private set; } = "";

    public Guid? CreatedById { get; private set; }

    public DateTimeOffset? DoneAt { get; private set; }

    public string? DoneBy { get; private set; }

    /// <summary>The next one, made when this one was done.</summary>
    public Guid? NextId { get; private set; }

    public DateTimeOffset? ChangedAt { get; private set; }

    /// <summary>Deleted, and to be forgotten in thirty days; until then it can come back.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    public string? RemovedBy { get; private set; }

    public static PlannedTask New(Guid id, TaskPlan plan, string zone, Actor actor, DateTimeOffset now)
    {
        var task = new PlannedTask { Id = id, Zone = zone, CreatedAt = now, CreatedBy = actor.Name, CreatedById = actor.Kind == ActorKind.User ? actor.Id : null };
        task.Plan(plan);
        return task;
    }

    /// <summary>The plan as it is, to change parts of it.</summary>
    public TaskPlan AsPlan() => new(Title, Details, ContactId, AssigneeId, DueDay, DueTime, Repeat, Remind);

    public void Change(TaskPlan plan, string zone, DateTimeOffset now)
    {
        Zone = zone;
        Plan(plan);
        ChangedAt = now;
    }

    /// <summary>Done; a task that repeats answers the next one.</summary>
    public PlannedTask? Complete(Actor actor, DateOnly today, DateTimeOffset now)
    {
        (DoneAt, DoneBy) = (now, actor.Name);
        if (Repeat == Repeats.Never || DueDay is not { } day || FirstDay is not { } first)
            return null;
        var next = Repeats.Next(Repeat, first, day, today);
        var following = New(Guid.CreateVersion7(now), AsPlan() with { DueDay = next, Remind = Remind?.AddDays(next.DayNumber - day.DayNumber) }, Zone, actor, now);
        following.FirstDay = first;
        following.CreatedById = CreatedById;
        NextId = following.Id;
        return following;
    }

    /// <summary>Not done after all; answers the id of the one that followed, which goes with it.</summary>
    public Guid? Reopen()
    {
        var next = NextId;
        (DoneAt, DoneBy, NextId) = (null, null, null);
        return next;
    }

    public void Remove(Actor actor, DateTimeOffset now) => (RemovedAt, RemovedBy) = (now, actor.Name);

    public void Return() => (RemovedAt, RemovedBy) = (null, null);

    private void Plan(TaskPlan plan)
    {
        if (Repeat != plan.Repeat || DueDay != plan.DueDay)
            FirstDay = plan.Repeat == Repeats.Never ? null : plan.DueDay;
        (Title, Details, ContactId, AssigneeId, DueDay, DueTime, Repeat, Remind) = (plan.Title, plan.Details, plan.Contact, plan.Assignee, plan.DueDay, plan.DueTime, plan.Repeat, plan.Remind);
        DueBy = DueDay is { } day ? LocalTimes.End(day, DueTime, Zone) : Someday;
        RemindAt = Remind is { } local ? LocalTimes.Moment(local, Zone) : null;
    }
}

/// <summary>What is planned of a task: everything that people choose.</summary>
public sealed record TaskPlan(string Title, string Details, Guid? Contact, Guid? Assignee, DateOnly? DueDay, TimeOnly? DueTime, string Repeat, DateTime? Remind);
