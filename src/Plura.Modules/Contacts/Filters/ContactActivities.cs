using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;

namespace Plura.Contacts;

/// <summary>What lists can ask of notes and tasks.</summary>
internal static class ContactActivities
{
    public static IServiceCollection AddContactActivities(this IServiceCollection services) => services
        .AddSingleton(new Activity(20, "note", "A note was written", "select n.contact_id, n.at from contacts.note n where n.tenant_id = @tenant and n.removed_at is null") { Permission = "notes.read" })
        .AddSingleton(new Activity(21, "task", "Has a task to do", "select t.contact_id, t.created_at as at from contacts.task t where t.tenant_id = @tenant and t.contact_id is not null and t.done_at is null and t.removed_at is null") { Permission = "tasks.read" })
        .AddSingleton(new Activity(22, "task_done", "A task was done", "select t.contact_id, t.done_at as at from contacts.task t where t.tenant_id = @tenant and t.contact_id is not null and t.done_at is not null and t.removed_at is null") { Permission = "tasks.read" });
}
