using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Letters and their templates, the one send ledger, the pump that hands messages to a transport, and what comes back.</summary>
public sealed class MessagingModule : IModule
{
    public string Name => "Messaging";

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ISendLedger, SendLedger>();
        services.AddScoped<Letters>();
        services.AddScoped<IRecipientSource, ContactRecipients>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
