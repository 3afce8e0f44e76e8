using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Sites;

/// <summary>Where strangers meet the account: sign-up forms on a page of their own or inside the account's website.</summary>
public sealed class SitesModule : IModule
{
    public string Name => "Sites";

    public IEnumerable<NavigationEntry> Navigation => [new(80, "Sites", "sites/forms", "forms", "forms.read")];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("forms.read", "See forms and what was sent in", PermissionLevel.Look) { WholeAccount = true },
        new("forms.edit", "Build and change forms", PermissionLevel.Work) { WholeAccount = true },
    ];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<FormVisit>();
        services.AddScoped<VisitorLimit>();
        services.AddScoped<ConsentRequest>();
        services.AddScoped<FormDoor>();
        services.AddScoped<Contacts.Contracts.ITimelineSource, FormTimeline>();
        services.AddScoped<Messaging.Contracts.ILetterFacts, VisitorMessageFacts>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPublicForms();
        routes.MapConfirmPages();
    }
}
