using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Platform;

/// <summary>
/// One product area. A module is the table of contents of its folder: what it registers, which routes it answers,
/// where it stands in the navigation. The host lists the modules; nothing else knows them all.
/// </summary>
public interface IModule
{
    /// <summary>The module's name, which is also its folder, its namespace part and its PostgreSQL schema in lower case.</summary>
    string Name { get; }

    /// <summary>Registers services. Handlers (classes whose name ends in <c>Handler</c>) are found and registered by the host.</summary>
    void Add(IServiceCollection services, IConfiguration configuration);

    /// <summary>Maps the endpoints. Pages are found by their <c>@page</c>.</summary>
    void Map(IEndpointRouteBuilder routes);

    /// <summary>What the module puts into an account's sidebar, in the user's words.</summary>
    IEnumerable<NavigationEntry> Navigation => [];
}

/// <summary>A link in the account's sidebar. <paramref name="Path"/> is relative to <c>/a/{account}</c>; the sidebar sorts by <paramref name="Order"/>.</summary>
public sealed record NavigationEntry(int Order, string Text, string Path, string Icon, string Permission);
