using Plura.Platform;

namespace Plura.Web;

/// <summary>What every answer says about what may run, be framed and be learned from it. An endpoint that sets a header itself keeps it.</summary>
public static class SecurityHeaders
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            var metadata = context.GetEndpoint()?.Metadata;
            var anyone = metadata?.GetMetadata<MayBeFramedAttribute>() is not null;
            var us = metadata?.GetMetadata<FramedByUsAttribute>() is not null;
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = $"{Policy}{context.FormsLeadTo()}; frame-ancestors {(anyone ? "*" : us ? "'self'" : "'none'")}";
            if (!anyone && headers.XFrameOptions.Count == 0)
                headers.XFrameOptions = us ? "SAMEORIGIN" : "DENY";
            headers.XContentTypeOptions = "nosniff";
            headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            if (context.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000";
            return Task.CompletedTask;
        });
        return next(context);
    });
}
