using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What each role may do, from what the modules declare. An account's own role gives what it lists, and never more than the owner's.</summary>
public sealed class RoleBook(IEnumerable<IModule> modules)
{
    private readonly IReadOnlyList<PermissionEntry> all = [.. modules.SelectMany(m => m.Permissions)];

    /// <summary>The permissions of an area, in the order in which the modules declare them.</summary>
    public IEnumerable<PermissionEntry> In(Area area) => all.Where(p => p.Area == area);

    /// <summary>The same, module by module, for a page that shows them; a module without any is left out.</summary>
    public IEnumerable<(string Module, IReadOnlyList<PermissionEntry> Permissions)> ByModule(Area area) => modules
        .Select(m => (m.Name, (IReadOnlyList<PermissionEntry>)[.. m.Permissions.Where(p => p.Area == area)])).Where(m => m.Item2.Count > 0);

    /// <param name="role">A membership's role.</param>
    /// <param name="own">What the account's own role lists, blank-separated; null for a built-in one.</param>
    /// <param name="closed">Whether the account was closed: then only looking and taking out is left.</param>
    /// <param name="sight">A membership's sight: whoever sees only a part gets nothing that concerns the whole.</param>
    public IEnumerable<string> OfMember(string role, string? own, bool closed = false, string sight = Sights.All)
    {
        var listed = own?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return In(Area.Account)
            .Where(p => role == Membership.Custom ? listed is not null && listed.Contains(p.Name) : p.Level <= LevelOf(role))
            .Where(p => !closed || p.WhenClosed)
            .Where(p => sight == Sights.All || !p.WholeAccount)
            .Select(p => p.Name);
    }

    public IEnumerable<string> OfAgencyMember(string role) =>
        In(Area.Agency).Where(p => role == AgencyMember.Owner || p.Level < PermissionLevel.Own).Select(p => p.Name);

    public IEnumerable<string> OfOperator() => In(Area.Operator).Select(p => p.Name);

    private static PermissionLevel LevelOf(string role) => role switch
    {
        Membership.Owner => PermissionLevel.Own,
        Membership.Admin => PermissionLevel.Manage,
        Membership.Member => PermissionLevel.Work,
        Membership.ReadOnly => PermissionLevel.Look,
        _ => throw new InvalidOperationException($"No role is called {role}."),
    };
}
