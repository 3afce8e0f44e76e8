namespace Plura.Web;

/// <summary>Outside development a form needs its cookie and the cookie needs HTTPS: whoever comes without is told how, before a page fails on it.</summary>
public static class HttpsOnly
{
    private const string Words = """
        This address is served over HTTPS only.

        If you came here by a link, put https:// in front of the address.

        If you run this installation: let a reverse proxy end HTTPS in front of it, have it set X-Forwarded-Proto and X-Forwarded-For,
        and start PluraOS with ASPNETCORE_FORWARDEDHEADERS_ENABLED=true. To try it out on this machine, use bin/dev.
        """;

    /// <summary>Stands behind routing: what answers there by itself (/health, /ready) may be asked from inside without HTTPS.</summary>
    public static IApplicationBuilder UseHttpsOnly(this WebApplication app) => app.Environment.IsDevelopment() ? app : app.Use((context, next) =>
    {
        if (context.Request.IsHttps || !ErrorPages.WantsPage(context))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Words, context.RequestAborted);
    });
}
