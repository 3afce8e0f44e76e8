using Microsoft.Extensions.DependencyInjection;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;

namespace Plura.Contacts;

/// <summary>What contacts bring to automations, in the module's table of contents.</summary>
internal static class ContactSteps
{
    private const string Group = "Contacts";

    public static IServiceCollection AddContactSteps(this IServiceCollection services) => services
        .AddScoped<IConditions, Conditions>().AddSingleton(new ConditionForm(typeof(ConditionLines), Conditions.Read)).AddScoped<IThings, TagThings>()
        .AddScoped<IStep, AddTagStep>().AddScoped<IStep, RemoveTagStep>().AddScoped<IStep, AddNoteStep>()
        .AddScoped<IMergesContacts, JoinRuns>()
        .AddSingleton(new TriggerKind("contact_created", "A contact is added", "user-plus", Group))
        .AddSingleton(new TriggerKind("tag_added", "A tag is added", "tag", Group) { Things = TagSteps.Things, ThingLabel = "Which tag", ThingText = "The tag {thing} is added" })
        .AddSingleton(new TriggerKind("tag_removed", "A tag is removed", "tag-off", Group) { Things = TagSteps.Things, ThingLabel = "Which tag", ThingText = "The tag {thing} is removed" });
}
