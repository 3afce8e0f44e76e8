using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Who may become a customer: cards that go through the stages of a pipeline until they are won or lost.</summary>
public sealed class OpportunitiesModule : IModule
{
    public string Name => "Opportunities";

    public IEnumerable<NavigationEntry> Navigation =>
    [
        new(40, "Opportunities", "opportunities", "layout-kanban", "opportunities.read"),
        new(35, "Pipelines", "pipelines", "layout-kanban", "pipelines.edit") { Area = Area.Settings },
    ];

    public IEnumerable<CommandEntry> Commands =>
    [
        new("New opportunity", "opportunities/new", "layout-kanban", "opportunities.create"),
        new("Opportunities as a list", "opportunities/list", "list", "opportunities.read"),
        new("Forecast", "opportunities/forecast", "chart-line", "opportunities.read"),
    ];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("opportunities.read", "See opportunities, the board and the forecast", PermissionLevel.Look),
        new("opportunities.create", "Add opportunities", PermissionLevel.Work),
        new("opportunities.edit", "Move and change opportunities, mark them as won or lost", PermissionLevel.Work),
        new("opportunities.delete", "Delete opportunities and bring them back", PermissionLevel.Work),
        new("pipelines.edit", "Change pipelines and their stages", PermissionLevel.Manage) { WholeAccount = true },
    ];

    public IEnumerable<ActWords> Acts =>
    [
        new("opportunities.create", "added the opportunity {about}", ActGroup.People, "opportunity"),
        new("opportunities.edit", "changed the opportunity {about}", ActGroup.People, "opportunity"),
        new("opportunities.move", "moved the opportunity {about}", ActGroup.People, "opportunity"),
        new("opportunities.mark", "said how the opportunity {about} ended", ActGroup.People, "opportunity"),
        new("opportunities.undo_move", "took back the last step of {about}", ActGroup.People, "opportunity"),
        new("opportunities.delete", "deleted the opportunity {about}", ActGroup.People, "opportunity"),
        new("opportunities.restore", "brought the opportunity {about} back", ActGroup.People, "opportunity"),
        new("opportunities.keep_pipeline", "changed the pipeline {about}", ActGroup.Settings, "pipeline"),
        new("opportunities.delete_pipeline", "deleted the pipeline {about}", ActGroup.Settings, "pipeline"),
        new("opportunities.read", "looked at the opportunity {about}", ActGroup.Look, "opportunity"),
        new("opportunities.read_file", "took a file that stands in a field of {about}", ActGroup.Look, "opportunity"),
        new("opportunities.list", "looked at the list of opportunities", ActGroup.Look),
        new("opportunities.list_bin", "looked at deleted opportunities", ActGroup.Look),
        new("opportunities.board", "looked at the board of opportunities", ActGroup.Look),
        new("opportunities.choose_contact", "looked for a contact to add an opportunity", ActGroup.Look),
    ];

    public void Add(IServiceCollection services, IConfiguration configuration) => OpportunityActivities.Add(services).AddOpportunityTriggers()
        .AddScoped<IFinds, FindOpportunities>()
        .AddScoped<Amounts>()
        .AddScoped<BoardNews>()
        .AddScoped<CardMover>()
        .AddScoped<FactReader>()
        .AddScoped<Forecast>()
        .AddScoped<Owners>()
        .AddScoped<PipelineBook>()
        .AddScoped<ReadBoard>()
        .AddScoped<ReadOpportunity>()
        .AddLivePart<Board>(Board.Part, "opportunities.read", Board.Parameters, Board.Topic)
        .AddSingleton(new TodayPart(30, typeof(TodayOpportunities)) { Permission = "opportunities.read" })
        .AddSingleton(new ContactPart(30, typeof(ContactOpportunities)) { Permission = "opportunities.read", WhenDeleted = "Its opportunities leave the board, and come back with the contact." })
        .AddHourly<EndDeleted>((configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal))
        .AddScoped<IFieldHolder, OpportunityValues>()
        .AddScoped<ITimelineSource, OpportunityTimeline>()
        .AddSingleton<IContactTies, OpportunityTies>().AddSingleton<IMergesContacts, JoinOpportunities>()
        .AddScoped<INameThings, OpportunityNames>().AddScoped<INameThings, PipelineNames>()
        .AddSingleton<IAccountPart, OpportunitiesPart>().AddScoped<ISnapshotPart, PipelinesPart>()
        .AddSingleton(new StaysBehind("opportunities are business with people, and people never travel", typeof(Data.Opportunity), typeof(Data.OpportunityStep)));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapListPipelines();
        routes.MapKeepPipeline();
        routes.MapDeletePipeline();
        routes.MapCreateOpportunity();
        routes.MapReadOpportunity();
        routes.MapReadOpportunityFile();
        routes.MapEditOpportunity();
        routes.MapMoveOpportunity();
        routes.MapMarkOpportunity();
        routes.MapUndoMove();
        routes.MapDeleteOpportunity();
        routes.MapRestoreOpportunity();
        routes.MapListOpportunities();
        routes.MapCardPosts();
    }
}
