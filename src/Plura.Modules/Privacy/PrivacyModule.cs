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

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AccountPeppers>().AddScoped<IAddressKeys, AddressKeys>();
        services.AddSingleton<PolicyVersions>().AddSingleton<IPolicyVersions>(sp => sp.GetRequiredService<PolicyVersions>());
        services.AddScoped<IAudit, Audit>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
