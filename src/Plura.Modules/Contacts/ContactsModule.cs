using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Contacts;

public sealed class ContactsModule : IModule
{
    public string Name => "Contacts";

    public IEnumerable<NavigationEntry> Navigation => [new(30, "Contacts", "contacts", "users", "contacts.read")];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
