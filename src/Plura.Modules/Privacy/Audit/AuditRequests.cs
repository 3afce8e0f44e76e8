using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>
/// Stands before the doors: begins the request's trail, and when the answer is ready notes that data about people are shown, or that
/// somebody was refused what they have no permission for.
/// </summary>
public static class AuditRequests
{
    public static void UseAudit(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is RouteEndpoint endpoint)
        {
            var trail = http.RequestServices.GetRequiredService<AuditTrail>();
            Begin(trail, http, endpoint);
            // Before the first byte leaves: an answer that breaks off on its way may have shown some of it.
            http.Response.OnStarting(() => Note(http, endpoint, trail));
        }

        return next(http);
    });

    private static void Begin(AuditTrail trail, HttpContext http, RouteEndpoint endpoint)
    {
        var page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        var method = endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>()?.DeclaringType;
        var session = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.Items.TryGetValue(AuditTrail.SessionItem, out var text) == true && Guid.TryParse(text, out var id) ? id : (Guid?)null;
        trail.Begin(
            !IsLook(http.Request.Method),
            page?.Name ?? endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
            (page ?? method) is { } owner ? Acts.ModuleOf(owner) : null,
            Id(http, "contactId") ?? Id(http, "id"),
            Network(http.Connection.RemoteIpAddress),
            session);
    }

    private static async Task Note(HttpContext http, RouteEndpoint endpoint, AuditTrail trail)
    {
        // Outside any account stand the desks of the agency and of the operator: what happens there is the installation's to know.
        var tenant = http.RequestServices.GetRequiredService<Tenant>().Current;
        var (actor, status) = (http.RequestServices.GetRequiredService<Actor>(), http.Response.StatusCode);
        var log = http.RequestServices.GetRequiredService<ReadLog>();
        var audit = http.RequestServices.GetRequiredService<Audit>();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (status == StatusCodes.Status403Forbidden && endpoint.Metadata.GetMetadata<PermissionAttribute>()?.Name is { } permission && !actor.May(permission))
        {
            facts["permission"] = permission;
            await log.Add(tenant, audit.Draft(tenant is null ? "desk.refused" : "account.refused", null, Outcomes.Refused, facts));
        }
        else if (endpoint.Metadata.GetMetadata<ReadsPersonalDataAttribute>() is { } reads && Shows(http) && !trail.Noted)
        {
            if (trail.People is { } people)
                facts["people"] = people.ToString(CultureInfo.InvariantCulture);
            await log.Add(tenant, audit.Draft(reads.Act, trail.About, Outcomes.Done, facts));
        }
    }

    /// <summary>
    /// What leads elsewhere shows nothing, and HEAD answers without the data. Everything else does: a page that is posted to and answers by
    /// itself shows what a look would have shown, and an endpoint that is posted to may be a search.
    /// </summary>
    private static bool Shows(HttpContext http) => http.Response.StatusCode < StatusCodes.Status300MultipleChoices && !http.IsHead() && !HttpMethods.IsOptions(http.Request.Method);

    private static bool IsLook(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static Guid? Id(HttpContext http, string name) => Guid.TryParse(http.GetRouteValue(name)?.ToString(), out var id) ? id : null;

    /// <summary>The network and not the line: 24 bits of an IPv4 address, 48 of an IPv6 one.</summary>
    public static string? Network(IPAddress? address)
    {
        if (address is null)
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        // This machine is one place, however its programs call it.
        if (IPAddress.IPv6Loopback.Equals(address))
            address = IPAddress.Loopback;
        var (bytes, kept) = (address.GetAddressBytes(), address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6);
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
