using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Notes, tasks and files in the module's table of contents.</summary>
public static class NotesAndTasks
{
    public static IServiceCollection AddNotesAndTasks(this IServiceCollection services) => services
        .AddScoped<ReadNotes>().AddScoped<ReadAttachments>().AddScoped<ReadTasks>().AddScoped<ReadSides>()
        .AddScoped<TaskPlans>().AddScoped<TaskNews>().AddScoped<TaskForms>().AddScoped<StoredFiles>()
        .AddScoped<ITimelineSource, NoteStory>().AddScoped<ITimelineSource, TaskStory>().AddScoped<ITimelineSource, FileStory>().AddScoped<ITimelineSource, AutomationStory>()
        .AddScoped<INameThings, NoteNames>().AddScoped<INameThings, TaskNames>().AddScoped<INameThings, AttachmentNames>()
        .AddSingleton(new NoticeKind(TaskNews.Reminder, "A task is to be remembered", MailToOwners: false) { Area = "Tasks" })
        .AddSingleton(new NoticeKind(TaskNews.GivenToYou, "Somebody gives you a task", MailToOwners: false) { Area = "Tasks" })
        .AddSingleton(new ContactPart(20, typeof(ContactAutomations)) { Permission = "automations.read", WhenDeleted = "Automations do nothing more with them." })
        .AddSingleton(new TodayPart(10, typeof(TodayTasks)) { Permission = "tasks.read" })
        .AddScoped<IAccountPart, NotesPart>();

    public static void MapNotesAndTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapAddNote();
        routes.MapReadNotes();
        routes.MapEditNote();
        routes.MapDeleteNote();
        routes.MapRestoreNote();
        routes.MapAddAttachment();
        routes.MapReadAttachment();
        routes.MapRemoveAttachment();
        routes.MapRestoreAttachment();
        routes.MapCreateTask();
        routes.MapListTasks();
        routes.MapEditTask();
        routes.MapCompleteTask();
        routes.MapReopenTask();
        routes.MapDeleteTask();
        routes.MapRestoreTask();
    }
}

/// <summary>What the audit log says about them.</summary>
internal static class NoteActs
{
    public static readonly IReadOnlyList<ActWords> All =
    [
        new("contacts.add_note", "wrote {about}", ActGroup.People, "note"),
        new("contacts.edit_note", "changed {about}", ActGroup.People, "note"),
        new("contacts.delete_note", "deleted {about}", ActGroup.People, "note"),
        new("contacts.restore_note", "brought {about} back", ActGroup.People, "note"),
        new("contacts.add_attachment", "attached {about}", ActGroup.People, "attachment"),
        new("contacts.remove_attachment", "removed {about}", ActGroup.People, "attachment"),
        new("contacts.restore_attachment", "brought {about} back", ActGroup.People, "attachment"),
        new("contacts.create_task", "set the task {about}", ActGroup.People, "task"),
        new("contacts.edit_task", "changed the task {about}", ActGroup.People, "task"),
        new("contacts.complete_task", "did the task {about}", ActGroup.People, "task"),
        new("contacts.reopen_task", "opened the task {about} again", ActGroup.People, "task"),
        new("contacts.delete_task", "deleted the task {about}", ActGroup.People, "task"),
        new("contacts.restore_task", "brought the task {about} back", ActGroup.People, "task"),
        new("contacts.read_timeline", "looked at the story of {about}", ActGroup.Look, "contact"),
        new("contacts.read_notes", "looked at notes and files on a contact", ActGroup.Look),
        new("contacts.read_attachment", "took the file {about}", ActGroup.Look, "attachment"),
        new("contacts.list_tasks", "looked at tasks", ActGroup.Look),
        new("contacts.find", "looked for a contact by name", ActGroup.Look),
    ];
}
