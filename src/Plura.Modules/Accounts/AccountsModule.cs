using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Accounts;

public sealed class AccountsModule : IModule
{
    public string Name => "Accounts";

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
