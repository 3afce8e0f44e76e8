using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>What happens by itself when something happens: drawn as a tree, run step by step for each contact.</summary>
public sealed class AutomationsModule : IModule
{
    public string Name => "Automations";

    public IEnumerable<NavigationEntry> Navigation => [new(55, "Automations", "automations", "sitemap", "automations.read")];

    public IEnumerable<CommandEntry> Commands => [new("New automation", "automations/new", "sitemap", "automations.edit")];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("automations.read", "See automations and who is in them", PermissionLevel.Look) { WholeAccount = true },
        new("automations.edit", "Draw, change and delete automations", PermissionLevel.Work) { WholeAccount = true },
        new("automations.enrol", "Put contacts into automations and take them out", PermissionLevel.Work),
        new("automations.publish", "Publish automations, turn them on and off", PermissionLevel.Manage) { WholeAccount = true },
    ];

    public IEnumerable<ActWords> Acts =>
    [
        new("automations.create", "began the automation {about}", ActGroup.Settings, "automation"),
        new("automations.import", "made the automation {about} of a text or a recipe", ActGroup.Settings, "automation"),
        new("automations.edit", "changed the automation {about}", ActGroup.Settings, "automation"),
        new("automations.publish", "published the automation {about}", ActGroup.Settings, "automation"),
        new("automations.turn_on", "turned the automation {about} on", ActGroup.Settings, "automation"),
        new("automations.turn_off", "turned the automation {about} off", ActGroup.Settings, "automation"),
        new("automations.delete", "deleted the automation {about}", ActGroup.Settings, "automation"),
        new("automations.enrol_contacts", "put a contact into the automation {about}", ActGroup.People, "automation"),
        new("automations.release_contacts", "took a contact out of the automation {about}", ActGroup.People, "automation"),
        new("automations.retry_runs", "had failed steps of the automation {about} tried again", ActGroup.Settings, "automation"),
        new("automations.answer_run", "said yes or no where the automation {about} asked", ActGroup.Settings, "automation"),
        new("automations.list_runs", "looked at who is in the automation {about}", ActGroup.Look, "automation"),
        new("automations.show_run", "looked at somebody's way through an automation", ActGroup.Look),
    ];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IWitness, Witness>().AddSingleton<FlowShelf>().AddSingleton<Engine>()
            .AddScoped<RunStore>().AddScoped<RunsInHand>().AddScoped<Diversions>().AddScoped<Enrolment>().AddScoped<IEnrolment>(sp => sp.GetRequiredService<Enrolment>()).AddScoped<IReturns, Returns>().AddScoped<Turn>().AddScoped<Hearing>().AddSingleton<IContactRuns, ContactRuns>()
            .AddScoped<IMove, Wait>().AddScoped<IMove, WaitFor>().AddScoped<IMove, If>().AddScoped<IMove, GoTo>().AddScoped<IMove, End>()
            .AddScoped<IMove, WaitHours>().AddScoped<IMove, Split>().AddScoped<IMove, Drip>().AddScoped<IMove, Goal>().AddScoped<IMove, Ask>()
            .AddSingleton(new NoticeKind(Ask.Notice, "An automation asks for a yes or a no", MailToOwners: true) { Area = "Automations", Permission = "automations.read", Pushes = true })
            .AddScoped<IStep, AddToAutomationStep>().AddScoped<IStep, RemoveFromAutomationStep>().AddScoped<IThings, AutomationThings>()
            .AddScoped<FlowBook>().AddScoped<FlowWriter>().AddScoped<FlowReader>().AddScoped<FlowEditor>().AddScoped<Listeners>().AddScoped<ContactNamed>()
            .AddScoped<INameThings, AutomationNames>().AddSingleton<IAccountPart, AutomationsPart>()
            .AddSingleton(new StaysBehind("an automation names tags, forms and people of its account by their ids, and who went through it never travels", typeof(Data.Automation), typeof(Data.AutomationVersion), typeof(Data.Listening), typeof(Data.Run), typeof(Data.Passage), typeof(Data.StepTally), typeof(Data.Happening)));
        if ((configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal))
            services.AddHostedService<EngineService>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCreateAutomation();
        routes.MapImportAutomation();
        routes.MapListAutomations();
        routes.MapGetAutomation();
        routes.MapEditAutomation();
        routes.MapPublishAutomation();
        routes.MapTurnOnAutomation();
        routes.MapTurnOffAutomation();
        routes.MapDeleteAutomation();
        routes.MapEnrolContacts();
        routes.MapReleaseContacts();
        routes.MapRetryRuns();
        routes.MapAnswerRun();
        routes.MapRunPosts();
        routes.MapListRuns();
        routes.MapShowRun();
    }
}
