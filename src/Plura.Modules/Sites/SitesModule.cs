using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Sites;

/// <summary>Where strangers meet the account: sign-up forms on a page of their own or inside the account's website.</summary>
public sealed class SitesModule : IModule
{
    public string Name => "Sites";

    public IEnumerable<NavigationEntry> Navigation => [new(80, "Sites", "sites/forms", "forms", "forms.read")];

    public IEnumerable<CommandEntry> Commands => [new("New form", "sites/forms/new", "forms", "forms.edit")];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("forms.read", "See forms and what was sent in", PermissionLevel.Look) { WholeAccount = true },
        new("forms.edit", "Build and change forms", PermissionLevel.Work) { WholeAccount = true },
    ];

    public IEnumerable<ActWords> Acts =>
    [
        new("sites.build_form", "changed the form {about}", ActGroup.Settings, "form"),
        new("sites.close_form", "opened or closed the form {about}", ActGroup.Settings, "form"),
        new("sites.submit_form", "filled in the form {about}", ActGroup.People, "form"),
        new("sites.confirm_consent", "confirmed a sign-up by e-mail", ActGroup.People),
        new("sites.write_to_us", "wrote a message on the contact page", ActGroup.People),
        new("sites.list_submissions", "looked at the answers to {about}", ActGroup.Look, "form"),
    ];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<FormVisit>();
        services.AddSingleton<Accounts.Contracts.IAccountPart, SitesPart>().AddScoped<Accounts.Contracts.ISnapshotPart, FormsPart>()
            .AddSingleton(new Accounts.Contracts.StaysBehind("what visitors sent in is theirs and the account's", typeof(Data.FormSubmission), typeof(Data.VisitorMessage)))
            .AddSingleton(new Accounts.Contracts.StaysBehind("each account's forms get addresses of their own", typeof(Data.PublicForm)));
        services.AddScoped<VisitorLimit>();
        services.AddScoped<ConsentRequest>();
        services.AddScoped<FormDoor>();
        FormActivities.Add(services);
        services.AddSingleton<Contacts.Contracts.IContactTies, FormTies>().AddSingleton<Contacts.Contracts.IMergesContacts, JoinSubmissions>();
        services.AddScoped<INameThings, FormNames>();
        services.AddScoped<Contacts.Contracts.ITimelineSource, FormTimeline>();
        services.AddScoped<Messaging.Contracts.ILetterFacts, VisitorMessageFacts>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPublicForms();
        routes.MapConfirmPages();
    }
}
