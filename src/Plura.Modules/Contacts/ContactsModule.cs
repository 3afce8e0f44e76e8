using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

public sealed class ContactsModule : IModule
{
    public string Name => "Contacts";

    public IEnumerable<NavigationEntry> Navigation => [new(30, "Contacts", "contacts", "users", "contacts.read")];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("contacts.read", "See contacts and their story", PermissionLevel.Look),
        new("contacts.create", "Add contacts", PermissionLevel.Work),
        new("contacts.edit", "Change contacts and their tags", PermissionLevel.Work),
        new("contacts.consent", "Write down what people told you about permission", PermissionLevel.Work),
        new("contacts.import", "Import contacts", PermissionLevel.Work),
        new("contacts.delete", "Move contacts to the bin", PermissionLevel.Work),
        new("contacts.restore", "Bring contacts back from the bin", PermissionLevel.Work),
        new("contacts.export", "Take contacts out as a file", PermissionLevel.Manage) { WhenClosed = true },
    ];

    public void Add(IServiceCollection services, IConfiguration configuration) => services
        .AddScoped<AddressReader>()
        .AddScoped<ConsentsGiven>()
        .AddScoped<ContactStory>()
        .AddScoped<Duplicates>()
        .AddScoped<FieldBook>()
        .AddScoped<Filters>()
        .AddScoped<ListAddresses>()
        .AddLivePart<NewContacts>(NewContacts.Part, "contacts.read", NewContacts.Parameters, _ => NewContacts.Topic)
        .AddImportContacts()
        .AddScoped<LiveContacts>()
        .AddScoped<ReadContact>()
        .AddScoped<TagBook>()
        .AddSingleton(new TodayPart(20, typeof(TodayContacts)))
        .AddSingleton(new NoticeKind(ImportRun.DoneKind, "An import is finished", MailToOwners: false))
        .AddScoped<ITimelineSource, ChangesStory>()
        .AddScoped<ITimelineSource, ConsentStory>()
        .AddScoped<IContactDirectory, ContactDirectory>()
        .AddScoped<IRecipients, Recipients>();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCreateContact();
        routes.MapReadContact();
        routes.MapEditContact();
        routes.MapDeleteContact();
        routes.MapRestoreContact();
        routes.MapTagContact();
        routes.MapUntagContact();
        routes.MapListContacts();
        routes.MapSaveSearch();
        routes.MapImportContacts();
        routes.MapReadConsents();
        routes.MapExportContacts();
    }
}
