using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Plura.Web;

/// <summary>What a person sees when there is no such page, they may not, or we broke something; programs get problem details.</summary>
public static class ErrorPages
{
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/problem", CreateScopeForErrors = true, StatusCodeSelector = Status });
        app.UseStatusCodePagesWithReExecute("/problem", "?status={0}", createScopeForStatusCodePages: true);
        return app.Use((context, next) =>
        {
            // The error page is a page that is looked at, whatever was asked: a refused form must not be read again on its way there.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            {
                context.Request.Method = HttpMethods.Get;
                context.Features.Set<IAntiforgeryValidationFeature>(null);
            }

            if (!WantsPage(context) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                pages.Enabled = false;
            return next(context);
        });
    }

    /// <summary>Stands behind the antiforgery check: a form without its token is answered by a page, not by a line of text.</summary>
    public static IApplicationBuilder UseFormErrors(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } || context.Features.Get<IStatusCodeReExecuteFeature>() is not null || !WantsPage(context))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    private static int Status(Exception error) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        AntiforgeryValidationException => StatusCodes.Status400BadRequest,
        // An address with a value that cannot be read (?page=x): the router says it only in words.
        InvalidOperationException unreadable when unreadable.Message.StartsWith("Cannot parse the value", StringComparison.Ordinal) => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>A browser that goes somewhere, not a program, a file or a stream.</summary>
    public static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && (context.Request.Headers.Accept.Count == 0 || context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));
}
