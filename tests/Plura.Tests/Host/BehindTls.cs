using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Plura.Tests;

/// <summary>As behind a proxy that ends TLS.</summary>
internal sealed class BehindTls : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            context.Request.Scheme = "https";
            return following(context);
        });
        next(app);
    };
}
