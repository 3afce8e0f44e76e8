using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Contacts;

[Work("A reminder of a task", Page = "tasks?task={TaskId}")]
public sealed class RemindOfTaskJobHandler(PluraDb db, INotices notices, IAccountDirectory accounts, Tenant tenant) : IJobHandler<RemindOfTask>
{
    public async Task Run(RemindOfTask job, CancellationToken ct)
    {
        if (await accounts.Account(tenant.Id, ct) is not { Closed: false })
            return;
        var bin = db.Bin;
        // Done, deleted, moved to another time, or about somebody who was deleted: nobody wants to hear of it any more.
        if (await db.Tasks.AsNoTracking().FirstOrDefaultAsync(t => t.Id == job.TaskId && t.DoneAt == null && t.RemovedAt == null && !bin.Any(b => b.Id == t.ContactId), ct) is not { } task
            || task.RemindAt != job.At || (task.AssigneeId ?? task.CreatedById) is not { } whom)
            return;
        notices.PostTo(whom, TaskNews.Reminder, $"Reminder: {task.Title}{Due(task)}", TaskNews.Link(task.Id), $"Reminder: {task.Title}");
        await db.SaveChangesAsync(ct);
    }

    private static string Due(PlannedTask task) => task.DueDay is not { } day ? "" : $" (due {Say.Day(day)}{(task.DueTime is { } time ? $" at {time.ToString(Reading.Current.Clock, Say.Culture)}" : "")})";
}
