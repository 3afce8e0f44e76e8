using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// What a program can be given: the permissions that the API's endpoints ask for, by area, in the words of the page of roles. A permission
/// that opens only pages is no scope.
/// </summary>
public sealed class ScopeBook(RoleBook roles, IServiceProvider services)
{
    private IReadOnlyList<ScopeArea>? areas;

    public IReadOnlyList<ScopeArea> Areas => areas ??= Read();

    public IEnumerable<PermissionEntry> All => Areas.SelectMany(a => a.Looks.Concat(a.Changes));

    /// <summary>In words, for a list of what a program may do. One that no endpoint asks for any more is left out.</summary>
    public IReadOnlyList<string> InWords(IEnumerable<string> scopes)
    {
        var given = scopes.ToHashSet(StringComparer.Ordinal);
        return [.. All.Where(s => given.Contains(s.Name)).Select(s => s.Text)];
    }

    private List<ScopeArea> Read()
    {
        // Read late: the endpoints are mapped after the services are made.
        var asked = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => (e.RoutePattern.RawText ?? "").TrimStart('/').StartsWith("api/v1/", StringComparison.OrdinalIgnoreCase))
            .Select(e => e.Metadata.GetMetadata<PermissionAttribute>()?.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. roles.ByModule(Area.Account)
                .Select(m => (m.Module, Asked: m.Permissions.Where(p => asked.Contains(p.Name)).ToList()))
                .Where(m => m.Asked.Count > 0)
                .Select(m => new ScopeArea(m.Module, [.. m.Asked.Where(Looks)], [.. m.Asked.Where(p => !Looks(p))])),
        ];
    }

    /// <summary>Seeing, and taking out what is seen.</summary>
    private static bool Looks(PermissionEntry permission) => permission.WhenClosed;
}

/// <param name="Name">As the sidebar calls it.</param>
/// <param name="Looks">What only reads.</param>
/// <param name="Changes">What changes something.</param>
public sealed record ScopeArea(string Name, IReadOnlyList<PermissionEntry> Looks, IReadOnlyList<PermissionEntry> Changes);
