using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>Who carries text messages: a service that speaks Twilio's language, any gateway that takes HTTP, or in development the mailbox.</summary>
internal static class TextAdapters
{
    /// <summary>The key of the provider that takes our texts.</summary>
    public const string Texts = "sms";

    private const string For = "Sending text messages";

    public static void Add(IServiceCollection services, IConfiguration configuration, bool development)
    {
        if (development)
        {
            services.AddSingleton<DevTexts>();
            services.AddJsonOnly();
        }

        if (configuration[$"{TwilioOptions.Section}:AccountSid"] is { Length: > 0 })
        {
            services.AddOptions<TwilioOptions>().BindConfiguration(TwilioOptions.Section).ValidateDataAnnotations().ValidateOnStart();
            services.AddOneShotClient(nameof(TwilioTransport));
            services.AddHttpClient(TwilioRecords.Client);
            services.AddSingleton<IProviderRecords, TwilioRecords>();
            services.AddHttpClient(TwilioMedia.Client);
            services.AddSingleton<ITextMedia, TwilioMedia>();
            services.AddTransportFile(Texts).AddSingleton<TwilioTransport>().AddSingleton<TwilioSignature>().AddSingleton<ITextTransport>(sp => Leaves<TwilioTransport>(sp));
            services.AddSingleton(new Provider(Texts, For, "Twilio", "Every text leaves by it.", ("server", configuration[$"{TwilioOptions.Section}:BaseUrl"] ?? TwilioOptions.Usual)));
        }
        else if (configuration[$"{GatewayOptions.Section}:Url"] is { Length: > 0 } url)
        {
            services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
            services.AddOneShotClient(nameof(GatewayTransport));
            services.AddTransportFile(Texts).AddSingleton<GatewayTransport>().AddSingleton<GatewaySignature>().AddSingleton<ITextTransport>(sp => Leaves<GatewayTransport>(sp));
            services.AddSingleton(new Provider(Texts, For, "HTTP gateway", "Every text leaves by it.", ("server", Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : "")));
        }
        else if (development)
        {
            services.AddSingleton<ITextTransport>(sp => sp.GetRequiredService<DevTexts>()).AddSingleton<ITextMedia, DevMedia>();
            services.AddSingleton(new Provider(Texts, For, "Development mailbox", "Nothing leaves this machine: texts appear at /dev/mailbox."));
        }
        else
        {
            services.AddSingleton(new Provider(Texts, For, null, "No text is sent before Sms__Twilio__AccountSid or Sms__Gateway__Url names who carries it."));
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<DevTexts>() is not null)
            DevPhone.Map(routes);
        if (routes.ServiceProvider.GetService<TwilioTransport>() is not null)
            TwilioWebhooks.Map(routes);
        if (routes.ServiceProvider.GetService<GatewayTransport>() is { BringsAnswers: true })
            GatewayWebhooks.Map(routes);
    }

    /// <summary>What a transport took is written down on the spot, under a name of its own.</summary>
    public static IServiceCollection AddTransportFile(this IServiceCollection services, string provider)
    {
        var name = provider == AdaptersModule.Email ? "smtp" : provider;
        return services
            .AddKeyedSingleton(provider, (sp, _) => new TransportFile(sp.GetRequiredService<DataFolder>(), sp.GetRequiredService<TimeProvider>(), name))
            .AddSingleton<ITransportLog>(sp => sp.GetRequiredKeyedService<TransportFile>(provider));
    }

    private static ITextTransport Leaves<T>(IServiceProvider services) where T : ITextTransport
    {
        var logged = new LoggedTransport(services.GetRequiredService<T>(), services.GetRequiredKeyedService<TransportFile>(Texts));
        return OpenDemo.Shown(services)
            ? new DemoStays(logged, ActivatorUtilities.CreateInstance<DevTexts>(services), services.GetRequiredService<IDemoAccounts>())
            : logged;
    }
}
