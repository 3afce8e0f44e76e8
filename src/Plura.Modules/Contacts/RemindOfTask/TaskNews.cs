using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What people are told about tasks, each only the one whom it concerns.</summary>
public sealed class TaskNews(PluraDb db, INotices notices, Actor actor)
{
    public const string Reminder = "task_reminder";
    public const string GivenToYou = "task_given";

    /// <summary>Has somebody reminded at the task's time; an earlier time of the same task is then passed over.</summary>
    public void Remind(PlannedTask task)
    {
        if (task.RemindAt is { } at)
            db.Enqueue(new RemindOfTask(task.Id, at), at);
    }

    /// <summary>Tells whoever has to do it, unless they said so themselves.</summary>
    public void Given(PlannedTask task)
    {
        if (task.AssigneeId is { } assignee && assignee != actor.Id && task.DoneAt is null)
            notices.PostTo(assignee, GivenToYou, $"{actor.Name} gave you a task: {task.Title}", Link(task.Id), "A task for you");
    }

    public static string Link(Guid id) => $"tasks?task={id}";
}

/// <param name="TaskId">The task.</param>
/// <param name="At">The time for which this reminder was made.</param>
public sealed record RemindOfTask(Guid TaskId, DateTimeOffset At) : IJob;
