using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Plura.Messaging.Contracts;

/// <summary>
/// The host at which mail to this installation comes in, whatever stands before the @: <c>Email__Inbound__Host</c>, in development
/// <c>inbox.test</c>. Without one nothing comes in.
/// </summary>
public static class InboundHost
{
    public static string? Of(IConfiguration configuration, IHostEnvironment environment) =>
        configuration["Email:Inbound:Host"] is { Length: > 0 } host ? host.Trim().ToLowerInvariant() : environment.IsDevelopment() ? "inbox.test" : null;
}
