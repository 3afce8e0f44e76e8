using System.Text.Json.Serialization;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Contacts.Contracts;

public sealed record ContactCreated(Guid ContactId) : IEvent;

public sealed record ContactDeleted(Guid ContactId) : IEvent;

/// <summary>A deleted contact came back from the bin, under its own id.</summary>
public sealed record ContactRestored(Guid ContactId) : IEvent;

/// <summary>An import finished; its counts stand on its page.</summary>
public sealed record ContactsImported(Guid ImportId) : IEvent;

public sealed record NoteAdded(Guid NoteId, Guid ContactId) : IEvent;

/// <param name="TaskId">The new task; also the one that follows a task that repeats.</param>
/// <param name="ContactId">Whom it is about, where it is about somebody.</param>
/// <param name="AssigneeId">Who is to do it.</param>
public sealed record TaskCreated(Guid TaskId, Guid? ContactId, Guid? AssigneeId) : ITrigger
{
    [JsonIgnore]
    public Happened? Happened => ContactId is { } contact ? new(ContactTriggers.TaskCreated, contact) : null;
}

public sealed record TaskCompleted(Guid TaskId, Guid? ContactId) : ITrigger
{
    [JsonIgnore]
    public Happened? Happened => ContactId is { } contact ? new(ContactTriggers.TaskDone, contact) : null;
}

/// <summary>What automations begin with that is told by an event; what rows tell themselves stands in <c>contacts_automations.sql</c>.</summary>
public static class ContactTriggers
{
    public const string TaskCreated = "task_created";
    public const string TaskDone = "task_done";
}
