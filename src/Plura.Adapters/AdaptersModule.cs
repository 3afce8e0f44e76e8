using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Messaging;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>
/// Every vendor and transport, and nothing else; each registers itself only where its settings are given. Without a mail server or a
/// service for text messages, development gets a mailbox to look at, and production gets no transport: the gate then says so and nothing is sent.
/// </summary>
public sealed class AdaptersModule : IModule
{
    /// <summary>The key of the provider that takes our mail.</summary>
    internal const string Email = "email";

    public string Name => "Adapters";

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Accounts.Contracts.IAccountPart, DevPart>()
            .AddSingleton(new Accounts.Contracts.StaysBehind("messages to people", typeof(DevMessage)));
        GoogleDoor.Add(services, configuration);
        BreachedList.Add(services, configuration);
        services.AddOptions<DnsOptions>().BindConfiguration(DnsOptions.Section);
        services.AddSingleton<IDnsTexts, DnsTexts>();
        TextAdapters.Add(services, configuration, Development(configuration));
        InboundAdapters.Add(services, configuration);
        PushAdapters.Add(services, configuration, Development(configuration));
        if (configuration[$"{SmtpOptions.Section}:Host"] is { Length: > 0 })
        {
            services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.Section).ValidateDataAnnotations().ValidateOnStart();
            services.AddTransportFile(Email).AddSingleton<SmtpTransport>().AddSingleton<IEmailTransport>(Smtp);
            var smtp = configuration.GetSection(SmtpOptions.Section);
            services.AddSingleton(new Provider(Email, "Sending e-mail", "SMTP", "Every letter leaves by it.", ("server", $"{smtp["Host"]}:{smtp["Port"] ?? "587"}"), ("encryption", smtp["Tls"] ?? "auto"), ("signed in", smtp["User"] is { Length: > 0 } ? "yes" : "no")));
        }
        else if (Development(configuration))
        {
            services.AddSingleton<DevTransport>().AddScoped<DevInbound>().AddScoped<DevReports>();
            services.AddSingleton(new Provider(Email, "Sending e-mail", "Development mailbox", "Nothing leaves this machine: letters appear at /dev/mailbox."));
            services.AddSingleton<IEmailTransport>(sp => new WatchedTransport(sp.GetRequiredService<DevTransport>(), sp.GetRequiredService<ProviderPulses>()));
            services.AddSingleton<ITransportLog>(sp => sp.GetRequiredService<DevTransport>());
            services.AddJsonOnly();
        }
        else
        {
            services.AddSingleton(new Provider(Email, "Sending e-mail", null, "Nothing is sent before Email__Smtp__Host names a mail server."));
        }
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        if (DevMailbox.IsOpen(routes.ServiceProvider))
            DevMailbox.Map(routes);
        if (routes.ServiceProvider.GetService<DevTransport>() is not null)
        {
            DevInbound.Map(routes);
            DevChat.Map(routes);
        }

        TextAdapters.Map(routes);
        InboundAdapters.Map(routes);
    }

    private static IEmailTransport Smtp(IServiceProvider services)
    {
        var watched = new WatchedTransport(new LoggedTransport(services.GetRequiredService<SmtpTransport>(), services.GetRequiredKeyedService<TransportFile>(Email)), services.GetRequiredService<ProviderPulses>());
        return OpenDemo.Shown(services)
            ? new DemoStays(watched, ActivatorUtilities.CreateInstance<DevTransport>(services), services.GetRequiredService<Accounts.Contracts.IDemoAccounts>())
            : watched;
    }

    private static bool Development(IConfiguration configuration) =>
        bool.TryParse(configuration["Plura:DevMailbox"], out var asked)
            ? asked
            : string.Equals(configuration["environment"] ?? configuration["ASPNETCORE_ENVIRONMENT"] ?? configuration["DOTNET_ENVIRONMENT"], "Development", StringComparison.OrdinalIgnoreCase);
}
