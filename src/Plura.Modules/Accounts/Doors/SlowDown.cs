using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Limits how often one connection to the network may try to sign in or sign up. The answer says what to do.</summary>
public static class SlowDown
{
    private static readonly string[] Guarded = ["/sign-in", "/sign-up", "/confirm-email", "/confirm-it-is-you", "/contact", "/join", "/forgot", "/reset", "/not-me", "/confirm-new-email", "/stop-email-change"];

    public static IServiceCollection AddSlowDown(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<SignInOptions>>((limiter, settings) =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsTry(http)
                ? RateLimitPartition.GetSlidingWindowLimiter(http.Connection.RemoteIpAddress is { } address ? Networks.Cut(address).ToString() : "", _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = settings.Value.TriesPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                    SegmentsPerWindow = 6,
                })
                : RateLimitPartition.GetNoLimiter(""));
            limiter.OnRejected = async (context, ct) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                context.HttpContext.Response.ContentType = "text/plain; charset=utf-8";
                await context.HttpContext.Response.WriteAsync("That was a little fast. Nothing is wrong with your account: please wait a minute, go back, and try again.", ct);
            };
        });
        return services;
    }

    private static bool IsTry(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) && Guarded.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
