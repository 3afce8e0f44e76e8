using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>Consent, suppression, the gate, the policy and who did what.</summary>
public sealed class PrivacyModule : IModule
{
    public string Name => "Privacy";

    public IEnumerable<NavigationEntry> Navigation =>
    [
        new(40, "How often", "frequency", "hourglass", "privacy.settings") { Area = Area.Settings },
        new(70, "Activity", "activity", "history", "account.audit") { Area = Area.Settings },
        new(90, "Log", "log", "history", "operator.log") { Area = Area.Operator },
    ];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("privacy.settings", "Limit how often people hear from the account", PermissionLevel.Manage),
        new("operator.log", "See who did what outside any account, and take that out as a file", PermissionLevel.Manage) { Area = Area.Operator },
        new("account.audit", "See who did what in the account, and take that out as a file", PermissionLevel.Manage) { WhenClosed = true },
    ];

    public IEnumerable<ActWords> Acts =>
    [
        new("privacy.limit_frequency", "changed how often one person may hear from the account", ActGroup.Settings),
        new("account.refused", "was not allowed to do something", ActGroup.Access),
        new("desk.refused", "was not allowed to do something at a desk", ActGroup.Access),
        new("account.list_activity", "looked at who did what", ActGroup.Look),
        new("operator.export_log", "took the installation’s log out as a file", ActGroup.TakeOut),
        new("account.export_activity", "took the list of who did what out as a file", ActGroup.TakeOut),
    ];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AccountPeppers>().AddScoped<IAddressKeys, AddressKeys>().AddScoped<IWordKeys, WordKeys>();
        services.AddSingleton<PolicyVersions>().AddSingleton<IPolicyVersions>(sp => sp.GetRequiredService<PolicyVersions>());
        services.AddScoped<Audit>().AddScoped<IAudit>(sp => sp.GetRequiredService<Audit>()).AddSingleton<ActBook>().AddSingleton<AuditSealer>().AddSingleton<ReadLog>();
        services.AddSingleton<AuditVerification>().AddSingleton<ICommand, VerifyAudit>();
        services.AddScoped<ActivitySentences>();
        services.AddSingleton(new Accounts.Contracts.DeskPart(30, typeof(DeskSeals)));
        services.AddSingleton<KeyDatabase>().AddSingleton<SubjectKeys>().AddScoped<ISubjectTexts, SubjectTexts>().AddScoped<IAccountRemains, ShredAccountKeys>().AddScoped<IAccountPart, PrivacyPart>().AddScoped<ISnapshotPart, LimitsPart>();
        services.AddSingleton(new StaysBehind("permissions belong to people, and are given to one business", typeof(Data.ConsentEvent), typeof(Data.ConsentMember), typeof(Data.ConsentState), typeof(Data.ConsentWording), typeof(Data.Suppression), typeof(Data.Decision), typeof(Data.WarmUpDay)));
        services.AddSingleton(new StaysBehind("who did what is the account's own story", typeof(Data.AuditEntry), typeof(Data.AuditLink), typeof(Data.EndedChain)));
        services.AddScoped<LedgerWriter>().AddScoped<Attestations>().AddScoped<TakenBack>().AddScoped<ConsentHistory>();
        services.AddScoped<IConsentLedger, ConsentLedger>().AddScoped<ISuppression, SuppressionList>().AddScoped<IConsentMerge, ConsentMerge>();
        services.AddSingleton<AnchorLog>().AddSingleton<AnchorWatch>().AddSingleton<AnchorService>();
        services.AddSingleton<LedgerVerification>().AddSingleton<ICommand, VerifyLedger>().AddSingleton<ICommand, AcceptLedger>();
        services.AddSingleton<GateMoments>().AddSingleton<WarmUps>().AddScoped<IGate, Gate>().AddScoped<IWarmUp, WarmUpStandings>().AddScoped<IComplaints, Complaints>();
        services.AddSingleton<PolicyEvidence>();
        // Every module's checks: what each owns, it can look at itself.
        foreach (var check in typeof(PrivacyModule).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IPolicyCheck).IsAssignableFrom(t)))
            services.AddScoped(typeof(IPolicyCheck), check);
        if ((configuration["Plura:Roles"] ?? "web,worker").Contains("worker", StringComparison.Ordinal))
        {
            // They end in the opposite order: what was looked at is written, then sealed, then anchored.
            services.AddHostedService(sp => sp.GetRequiredService<AnchorService>());
            services.AddHostedService<AuditSealService>();
        }

        services.AddHostedService(sp => sp.GetRequiredService<ReadLog>());
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapExportActivity();
        routes.MapExportOperatorLog();
    }
}
