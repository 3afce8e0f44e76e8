using Microsoft.AspNetCore.Diagnostics;

namespace Plura.Web;

/// <summary>What a person sees when there is no such page, they may not, or we broke something; programs get problem details.</summary>
public static class ErrorPages
{
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/problem", CreateScopeForErrors = true, StatusCodeSelector = error => error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError });
        app.UseStatusCodePagesWithReExecute("/problem", "?status={0}", createScopeForStatusCodePages: true);
        return app.Use((context, next) =>
        {
            if (!WantsPage(context) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                pages.Enabled = false;
            return next(context);
        });
    }

    /// <summary>A browser that goes somewhere, not a program, a file or a stream.</summary>
    public static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && (context.Request.Headers.Accept.Count == 0 || context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));
}
