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

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("campaigns.read", "See campaigns and why each person got one or not", PermissionLevel.Look),
        new("campaigns.create", "Start campaigns", PermissionLevel.Work),
        new("campaigns.edit", "Write and change campaigns", PermissionLevel.Work),
        new("campaigns.send", "Send campaigns to people, pause and cancel them", PermissionLevel.Manage),
        new("campaigns.export", "Take the list of recipients out as a file", PermissionLevel.Manage) { WhenClosed = true },
    ];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<AudienceSize>();
        services.AddScoped<Readiness>();
        services.AddScoped<CampaignSteering>();
        services.AddScoped<CampaignNews>();
        services.AddSingleton(new NoticeKind(CampaignNews.PausedKind, "A campaign stopped by itself", MailToOwners: true));
        services.AddSingleton(new NoticeKind(CampaignNews.FinishedKind, "A campaign has gone out", MailToOwners: false));
        services.AddScoped<Composer>();
        services.AddSingleton(new TodayPart(40, typeof(TodayCampaigns)));
        services.AddLivePart<CampaignProgress>("campaign-progress", "campaigns.read", CampaignProgress.Parameters, CampaignProgress.Topic);
        services.AddScoped<Contacts.Contracts.ITimelineSource, CampaignTimeline>();
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
