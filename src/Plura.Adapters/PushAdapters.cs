using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>How notifications reach people's devices: by the push services of their browsers, in development to the mailbox.</summary>
internal static class PushAdapters
{
    /// <summary>The key of the provider.</summary>
    public const string Push = "push";

    private const string For = "Notifications on devices";

    public static void Add(IServiceCollection services, IConfiguration configuration, bool development)
    {
        if (development)
        {
            services.AddSingleton<DevPush>().AddSingleton<IPushTransport>(sp => sp.GetRequiredService<DevPush>());
            services.AddSingleton(new Provider(Push, For, "Development mailbox", "Nothing leaves this machine: notifications appear at /dev/mailbox."));
            services.AddJsonOnly();
            return;
        }

        services.AddOptions<WebPushOptions>().BindConfiguration(WebPushOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddWebPushClient(configuration.GetValue($"{WebPushOptions.Section}:PrivateServices", false));
        services.AddSingleton<IPushTransport, WebPushTransport>();
        services.AddSingleton(new Provider(Push, For, "Web push", "Each browser names the service that carries its notifications; no key of anybody is needed."));
    }

    /// <summary>A client that reaches only places on the internet, unless somebody's own network is asked for.</summary>
    public static void AddWebPushClient(this IServiceCollection services, bool insideToo) =>
        services.AddOneShotClient(nameof(WebPushTransport), () =>
        {
            var handler = OutsideOnly.Handler(insideToo);
            handler.PooledConnectionLifetime = TimeSpan.Zero;
            return handler;
        });
}
