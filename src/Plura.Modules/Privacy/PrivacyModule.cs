using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>Consent, suppression, the gate, the policy and who did what.</summary>
public sealed class PrivacyModule : IModule
{
    public string Name => "Privacy";

    public IEnumerable<NavigationEntry> Navigation => [new(40, "How often", "frequency", "hourglass", "privacy.settings") { Area = Area.Settings }];

    public IEnumerable<PermissionEntry> Permissions => [new("privacy.settings", "Limit how often people hear from the account", PermissionLevel.Manage)];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AccountPeppers>().AddScoped<IAddressKeys, AddressKeys>();
        services.AddSingleton<PolicyVersions>().AddSingleton<IPolicyVersions>(sp => sp.GetRequiredService<PolicyVersions>());
        services.AddScoped<IAudit, Audit>();
        services.AddSingleton<KeyDatabase>().AddSingleton<SubjectKeys>();
        services.AddScoped<LedgerWriter>().AddScoped<Attestations>().AddScoped<ConsentHistory>();
        services.AddScoped<IConsentLedger, ConsentLedger>().AddScoped<ISuppression, SuppressionList>();
        services.AddSingleton<AnchorLog>().AddSingleton<AnchorWatch>().AddSingleton<AnchorService>();
        services.AddSingleton<LedgerVerification>().AddSingleton<ICommand, VerifyLedger>().AddSingleton<ICommand, AcceptLedger>();
        services.AddSingleton<GateMoments>().AddScoped<IGate, Gate>();
        services.AddSingleton<PolicyEvidence>();
        // Every module's checks: what each owns, it can look at itself.
        foreach (var check in typeof(PrivacyModule).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IPolicyCheck).IsAssignableFrom(t)))
            services.AddScoped(typeof(IPolicyCheck), check);
        if ((configuration["Plura:Roles"] ?? "web,worker").Contains("worker", StringComparison.Ordinal))
            services.AddHostedService(sp => sp.GetRequiredService<AnchorService>());
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
