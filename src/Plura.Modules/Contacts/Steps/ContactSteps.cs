using Microsoft.Extensions.DependencyInjection;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What contacts bring to automations, in the module's table of contents.</summary>
internal static class ContactSteps
{
    private const string Group = "Contacts";

    public static IServiceCollection AddContactSteps(this IServiceCollection services) => services
        .AddScoped<IConditions, Conditions>().AddSingleton(new ConditionForm(typeof(ConditionLines), Conditions.Read)).AddScoped<IThings, TagThings>().AddScoped<IThings, FieldThings>().AddScoped<IThings, OwnFieldThings>().AddScoped<IThings, PersonThings>()
        .AddScoped<IStep, AddTagStep>().AddScoped<IStep, RemoveTagStep>().AddScoped<IStep, AddNoteStep>().AddScoped<IStep, SetFieldStep>().AddScoped<IStep, AssignStep>().AddScoped<IStep, AddTaskStep>().AddScoped<IStep, NotifyStep>()
        .AddSingleton(new NoticeKind(NotifyStep.Told, "An automation tells you about a contact", MailToOwners: false) { Area = "Automations", Permission = "contacts.read", Pushes = true })
        .AddScoped<IMergesContacts, JoinRuns>()
        .AddSingleton(new TriggerKind("contact_created", "A contact is added", "user-plus", Group))
        .AddSingleton(new TriggerKind("tag_added", "A tag is added", "tag", Group) { Things = TagSteps.Things, ThingLabel = "Which tag", ThingText = "The tag {thing} is added" })
        .AddSingleton(new TriggerKind("tag_removed", "A tag is removed", "tag-off", Group) { Things = TagSteps.Things, ThingLabel = "Which tag", ThingText = "The tag {thing} is removed" })
        .AddSingleton(new TriggerKind("contact_changed", "Something about a contact is changed", "user-edit", Group))
        .AddSingleton(new TriggerKind("field_changed", "One thing about a contact is changed", "forms", Group) { Things = FieldThings.Word, ThingLabel = "What", ThingText = "{thing} is changed" })
        .AddSingleton(new TriggerKind("contact_assigned", "A contact is given to somebody", "user-check", Group))
        .AddSingleton(new TriggerKind("note_added", "A note is written", "note", Group))
        .AddSingleton(new TriggerKind(ContactTriggers.TaskCreated, "A task is set", "checkbox", Group))
        .AddSingleton(new TriggerKind(ContactTriggers.TaskDone, "A task is done", "circle-check", Group));
}
