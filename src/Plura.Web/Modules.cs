using Plura.Platform;

namespace Plura.Web;

/// <summary>The explicit list of what this installation is made of, left to right: each may use the contracts of those above it.</summary>
public static class Modules
{
    public static readonly IReadOnlyList<IModule> All =
    [
        new Accounts.AccountsModule(),
        new Privacy.PrivacyModule(),
        new Automations.AutomationsModule(),
        new Contacts.ContactsModule(),
        new Messaging.MessagingModule(),
        new Conversations.ConversationsModule(),
        new Opportunities.OpportunitiesModule(),
        new Sites.SitesModule(),
        new Campaigns.CampaignsModule(),
        new Adapters.AdaptersModule(),
    ];

    public static readonly IReadOnlyList<System.Reflection.Assembly> Assemblies =
    [
        typeof(Accounts.AccountsModule).Assembly,
        typeof(Adapters.AdaptersModule).Assembly,
    ];
}
