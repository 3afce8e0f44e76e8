using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;

namespace Plura.Adapters;

/// <summary>By which doors mail comes in: a mailbox that we read, or somebody who posts each mail. Both may be open.</summary>
internal static class InboundAdapters
{
    private const string For = "Receiving e-mail";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var imap = configuration.GetSection(ImapOptions.Section);
        var posted = InboundWebhook.IsSet(configuration);
        if (posted)
        {
            InboundWebhook.Add(services);
            services.AddSingleton(new Provider("inbound", For, "Signed posts", $"Whoever takes our mail posts it to {InboundWebhook.Path}."));
        }

        if (imap["Host"] is { Length: > 0 } host)
        {
            services.AddOptions<ImapOptions>().BindConfiguration(ImapOptions.Section).ValidateDataAnnotations().ValidateOnStart();
            services.AddSingleton(new Provider(ImapReader.Key, For, "IMAP", "What is unread in its folder is taken.", ("server", $"{host}:{imap["Port"] ?? "993"}"), ("encryption", imap["Tls"] ?? "auto"), ("folder", imap["Folder"] ?? "INBOX")));
            if ((configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal))
                services.AddHostedService<ImapReader>();
        }
        else if (!posted)
        {
            services.AddSingleton(new Provider(ImapReader.Key, For, null, "No mail comes in before Email__Imap__Host names a mailbox, or Email__Inbound__Secret lets somebody post it."));
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<InboundSignature>() is not null)
            InboundWebhook.Map(routes);
    }
}
