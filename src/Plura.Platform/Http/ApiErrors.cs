using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Plura.Platform;

/// <summary>Turns what a handler threw into problem details for the API; pages have their own error page.</summary>
public static partial class ApiErrors
{
    public static void UseApiErrors(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                await next(http);
            }
            catch (AntiforgeryValidationException) when (!http.Response.HasStarted)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
            }

            return;
        }

        try
        {
            await next(http);
            // The router's own answers have no body: no such address, or not by this method.
            if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed, ContentType: null })
                await Nowhere(http.Response.StatusCode).ExecuteAsync(http);
        }
        catch (BadHttpRequestException error) when (!http.Response.HasStarted)
        {
            await Malformed(error).ExecuteAsync(http);
        }
        catch (JsonException error) when (!http.Response.HasStarted)
        {
            await Malformed(error).ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            Failed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Plura.Api"), error, http.Request.Method, http.GetEndpoint()?.DisplayName);
            await Microsoft.AspNetCore.Http.Results.Problem(statusCode: 500, title: "Something went wrong on our side. Nothing was half done; try again.", extensions: Code("internal")).ExecuteAsync(http);
        }
    });

    private static IResult Malformed(Exception error) => Microsoft.AspNetCore.Http.Results.Problem(
        statusCode: error is BadHttpRequestException { StatusCode: not 400 and var status } ? status : 400,
        // What JSON says of itself names the place; the framework's other sentences speak of its own parts.
        title: (error as JsonException ?? error.InnerException as JsonException) is { } json
            ? "The request cannot be read: " + json.Message
            : "The request cannot be read: its body, or a value in its address, is missing or not of the kind that belongs there.",
        extensions: Code("request.malformed"));

    private static IResult Nowhere(int status) => Microsoft.AspNetCore.Http.Results.Problem(
        statusCode: status,
        title: status == StatusCodes.Status404NotFound ? "There is nothing at this address." : "This address does not take this method.",
        extensions: Code(status == StatusCodes.Status404NotFound ? "not_found" : "method.not_allowed"));

    private static Dictionary<string, object?> Code(string code) =>
        new(StringComparer.Ordinal) { ["code"] = code, ["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private static partial void Failed(ILogger logger, Exception error, string method, string? endpoint);
}
