using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Web.Layout;

/// <summary>The account of this request, read once before any page renders: its name for the frame, its zone for every time.</summary>
public sealed class CurrentAccount
{
    public AccountCard? Card { get; private set; }

    public static async Task Read(HttpContext context, RequestDelegate next)
    {
        var services = context.RequestServices;
        if (context.Request.Path.StartsWithSegments("/a", StringComparison.Ordinal)
            && services.GetRequiredService<Tenant>().Current is { } tenant
            && services.GetService<IAccountDirectory>() is { } accounts
            && await accounts.Account(tenant, context.RequestAborted) is { } card)
        {
            services.GetRequiredService<CurrentAccount>().Card = card;
            services.GetRequiredService<Viewer>().ReadIn(card.TimeZone);
        }

        await next(context);
    }
}
