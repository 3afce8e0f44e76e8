using Microsoft.EntityFrameworkCore;
using NodaTime.Text;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Reads what people choose for a task: local times of the account, and somebody who can see it.</summary>
public sealed class TaskPlans(PluraDb db, Assignees assignees, IAccountDirectory accounts, Tenant tenant, Actor actor)
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");
    private AccountCard? account;

    /// <summary>The account's zone.</summary>
    public async Task<string> Zone(CancellationToken ct) => (account ??= await accounts.Account(tenant.Id, ct))?.TimeZone ?? "UTC";

    /// <summary><c>2026-12-01</c> or <c>2026-12-01T14:00</c>; nothing is no day.</summary>
    public static Result<(DateOnly? Day, TimeOnly? Time)> Due(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return ((DateOnly?)null, (TimeOnly?)null);
        if (Day.Parse(text) is { Success: true } day && day.Value.Year is >= 2000 and <= 2100)
            return ((DateOnly?)day.Value.ToDateOnly(), (TimeOnly?)null);
        if (Minute.Parse(text) is { Success: true } minute && minute.Value.Year is >= 2000 and <= 2100)
            return ((DateOnly?)minute.Value.Date.ToDateOnly(), (TimeOnly?)minute.Value.TimeOfDay.ToTimeOnly());
        return Refusal.Invalid("task.due", "This is not a day. It looks like 2026-12-01, or with a time like 2026-12-01T14:00.", "Due");
    }

    public static Result<DateTime?> Remind(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (DateTime?)null;
        if (Minute.Parse(text) is { Success: true } minute && minute.Value.Year is >= 2000 and <= 2100)
            return (DateTime?)minute.Value.ToDateTimeUnspecified();
        return Refusal.Invalid("task.remind", "Give a day and a time for the reminder. It looks like 2026-12-01T09:00.", "Remind");
    }

    /// <summary>A user's id; <c>none</c> and nothing are nobody.</summary>
    public async Task<Result<Guid?>> Assignee(string? text, Guid? contact, CancellationToken ct)
    {
        if (text is null or "" or "none")
        {
            // Whoever sees only a part would lose a task of nobody about nobody from sight.
            return tenant.Assignees is null || contact is not null ? null
                : actor is { Kind: ActorKind.User, Id: { } me } ? (Guid?)me : tenant.Assignees[0];
        }

        if (!Guid.TryParse(text, out var id) || (await assignees.Everybody(ct)).All(p => p.Id != id))
            return Refusal.Invalid("assignee.unknown", "This person does not belong to the account. Choose somebody who does.", "Assignee");
        return tenant.Assignees?.Contains(id) == false
            ? Refusal.Invalid("task.out_of_sight", "You can give tasks to yourself and to those whose contacts you see.", "Assignee") : (Guid?)id;
    }

    /// <summary>What must fit together.</summary>
    public static Refusal? Check(TaskPlan plan)
    {
        if (!Repeats.All.Contains(plan.Repeat, StringComparer.Ordinal))
            return Refusal.Invalid("task.repeat", "A task repeats “daily”, “weekly”, “monthly” or “yearly”, or not: “none”.", "Repeat");
        return plan.Repeat != Repeats.Never && plan.DueDay is null ? Refusal.Invalid("task.repeat_without_day", "Say when it is due first: what comes again is counted from that day.", "Due") : null;
    }

    /// <summary>Whoever sees only a part must not put a task out of their own sight; PostgreSQL would refuse it without a word.</summary>
    public async Task<Refusal?> InSight(TaskPlan plan, CancellationToken ct)
    {
        if (tenant.Assignees is not { } mine || (plan.Assignee is { } assignee && mine.Contains(assignee)))
            return null;
        return plan.Contact is { } contact && await db.Contacts.AnyAsync(c => c.Id == contact, ct) ? null
            : Refusal.Invalid("task.out_of_sight", "You would no longer see this task. Leave it with yourself, or with somebody whose contacts you see.", "Assignee");
    }

    /// <summary>A reminder must still come, and reach somebody.</summary>
    public static Refusal? Remindable(PlannedTask task, DateTimeOffset now)
    {
        if (task.RemindAt is not { } at)
            return null;
        if (at <= now)
            return Refusal.Invalid("task.remind_passed", "The time of the reminder has passed. Choose a later one.", "Remind");
        return task.AssigneeId is null && task.CreatedById is null ? Refusal.Invalid("task.remind_whom", "Say who does it: somebody has to be reminded.", "Assignee") : null;
    }
}
