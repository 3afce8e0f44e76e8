using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Letters to many: written, reviewed, sent once, and explained person by person.</summary>
public sealed class CampaignsModule : IModule
{
    public string Name => "Campaigns";

    public IEnumerable<NavigationEntry> Navigation => [new(50, "Campaigns", "campaigns", "send", "campaigns.read")];

    public IEnumerable<CommandEntry> Commands => [new("New campaign", "campaigns/new", "send", "campaigns.edit")];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("campaigns.read", "See campaigns and why each person got one or not", PermissionLevel.Look) { WholeAccount = true },
        new("campaigns.create", "Start campaigns", PermissionLevel.Work) { WholeAccount = true },
        new("campaigns.edit", "Write and change campaigns", PermissionLevel.Work) { WholeAccount = true },
        new("campaigns.send", "Send campaigns to people, pause and cancel them", PermissionLevel.Manage) { WholeAccount = true },
        new("campaigns.export", "Take the list of recipients out as a file", PermissionLevel.Manage) { WhenClosed = true, WholeAccount = true },
    ];

    public IEnumerable<ActWords> Acts =>
    [
        new("campaigns.create", "began the campaign {about}", ActGroup.Send, "campaign"),
        new("campaigns.edit", "changed the campaign {about}", ActGroup.Send, "campaign"),
        new("campaigns.delete", "deleted the draft {about}", ActGroup.Send, "campaign"),
        new("campaigns.duplicate", "made the copy {about}", ActGroup.Send, "campaign"),
        new("campaigns.send", "had the campaign {about} sent", ActGroup.Send, "campaign"),
        new("campaigns.send_test", "sent themselves a test", ActGroup.Send),
        new("campaigns.pause", "paused the campaign {about}", ActGroup.Send, "campaign"),
        new("campaigns.resume", "resumed the campaign {about}", ActGroup.Send, "campaign"),
        new("campaigns.cancel", "cancelled the campaign {about}", ActGroup.Send, "campaign"),
        new("campaigns.unschedule", "took the campaign {about} back to draft", ActGroup.Send, "campaign"),
        new("campaigns.resolve_unknown", "decided about unclear messages of {about}", ActGroup.Send, "campaign"),
        new("campaigns.started", "began to send {about}", ActGroup.Send, "campaign"),
        new("campaigns.finished", "finished sending {about}", ActGroup.Send, "campaign"),
        new("campaigns.paused_itself", "paused {about}, because too much failed", ActGroup.Send, "campaign"),
        new("campaigns.list_recipients", "looked at the people of {about}", ActGroup.Look, "campaign"),
        new("campaigns.explain_send", "looked at why {about} got a message or not", ActGroup.Look, "contact"),
        new("campaigns.find_reader", "looked for a contact to preview a letter with", ActGroup.Look),
        new("campaigns.preview", "looked at a letter as a contact would get it", ActGroup.Look),
        new("campaigns.export_recipients", "took the people of {about} out as a file", ActGroup.TakeOut, "campaign"),
    ];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<AudienceSize>().AddScoped<ChosenAudience>();
        services.AddSingleton<Accounts.Contracts.IAccountPart, CampaignsPart>().AddScoped<Accounts.Contracts.ISnapshotPart, DraftsPart>()
            .AddSingleton(new Accounts.Contracts.StaysBehind("who did what to a campaign is the account's own story", typeof(Data.CampaignAct)));
        services.AddScoped<Readiness>();
        services.AddScoped<CampaignSteering>();
        services.AddScoped<CampaignNews>();
        services.AddScoped<LiveCampaigns>();
        services.AddSingleton(new NoticeKind(CampaignNews.PausedKind, "A campaign stopped by itself", MailToOwners: true) { Area = "Campaigns" });
        services.AddSingleton(new NoticeKind(CampaignNews.FinishedKind, "A campaign has gone out", MailToOwners: false) { Area = "Campaigns" });
        services.AddScoped<Composer>();
        services.AddScoped<INameThings, CampaignNames>();
        services.AddSingleton(new TodayPart(40, typeof(TodayCampaigns)) { Permission = "campaigns.read" });
        services.AddLivePart<CampaignProgress>("campaign-progress", "campaigns.read", CampaignProgress.Parameters, CampaignProgress.Topic);
        services.AddScoped<Contacts.Contracts.ITimelineSource, CampaignTimeline>().AddScoped<Contacts.Contracts.IActivityThings, NewestCampaigns>().AddScoped<Automations.Contracts.IThings, NewestCampaigns>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCreateCampaign();
        routes.MapListCampaigns();
        routes.MapGetCampaign();
        routes.MapEditCampaign();
        routes.MapDeleteCampaign();
        routes.MapDuplicateCampaign();
        routes.MapPreviewCampaign();
        routes.MapCheckLetter();
        routes.MapSendCampaign();
        routes.MapPauseCampaign();
        routes.MapResumeCampaign();
        routes.MapCancelCampaign();
        routes.MapUnscheduleCampaign();
        routes.MapListRecipients();
        routes.MapExportRecipients();
        routes.MapExplainSend();
        routes.MapResolveUnknown();
    }
}
