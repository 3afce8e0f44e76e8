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

    /// <summary>What the module puts into the sidebars, in the user's words.</summary>
    IEnumerable<NavigationEntry> Navigation => [];

    /// <summary>What the command menu (Ctrl or ⌘ K) offers to do, besides opening the pages of the navigation.</summary>
    IEnumerable<CommandEntry> Commands => [];

    /// <summary>The permissions that the module's pages and endpoints ask for. A test finds one that is not declared, and one that nobody asks for.</summary>
    IEnumerable<PermissionEntry> Permissions => [];

    /// <summary>The acts of its slices that the audit log keeps, in words. A test finds an act without.</summary>
    IEnumerable<ActWords> Acts => [];
}

/// <summary>A link in a sidebar. <paramref name="Path"/> is relative to the area's root; the sidebar sorts by <paramref name="Order"/>.</summary>
/// <param name="Order">Lower stands higher.</param>
/// <param name="Text">In the user's words.</param>
/// <param name="Path"><c>contacts</c> in <see cref="Area.Account"/> is <c>/a/{account}/contacts</c>.</param>
/// <param name="Icon">Its name among the outline icons.</param>
/// <param name="Permission">Who does not have it does not see the entry.</param>
public sealed record NavigationEntry(int Order, string Text, string Path, string Icon, string Permission)
{
    public Area Area { get; init; }

    /// <summary>Another path whose pages belong to this entry.</summary>
    public string? Also { get; init; }
}

/// <summary>An act of the command menu: it opens the page on which something is made.</summary>
/// <param name="Text">A verb or "New …": "New campaign".</param>
/// <param name="Path">Relative to the account, with a query where the page needs one.</param>
/// <param name="Icon">Its name among the outline icons.</param>
/// <param name="Permission">Who does not have it does not see it.</param>
public sealed record CommandEntry(string Text, string Path, string Icon, string Permission);

/// <summary>The parts of the product that have a sidebar.</summary>
public enum Area
{
    /// <summary><c>/a/{account}</c></summary>
    Account,

    /// <summary><c>/a/{account}/settings</c>: entries stand in the second column of every page there.</summary>
    Settings,

    /// <summary><c>/g/{agency}</c></summary>
    Agency,

    /// <summary><c>/operator</c></summary>
    Operator,

    /// <summary><c>/me</c>: what concerns the person and no account. Its pages need a sign-in and no permission.</summary>
    Me,
}
