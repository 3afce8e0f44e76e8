using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Tests.Architecture;

/// <summary>What the doors ask for is what roles are made of: no permission that nobody can be given, none that opens nothing.</summary>
public sealed class PermissionTests(PluraApp app)
{
    private List<PermissionEntry> Declared => [.. app.Services.GetServices<IModule>().SelectMany(m => m.Permissions)];

    private HashSet<string> Asked =>
    [
        .. EndpointRules.Ours(app.Services.GetRequiredService<EndpointDataSource>()).Select(e => e.Metadata.GetMetadata<PermissionAttribute>()?.Name).OfType<string>(),
    ];

    [Fact]
    public void Every_permission_that_a_door_asks_for_is_declared_by_a_module() =>
        Assert.Empty(Asked.Except(Declared.Select(p => p.Name), StringComparer.Ordinal));

    [Fact]
    public void Every_declared_permission_is_asked_for()
    {
        // A page may ask for more than its door does (writing down a permission on a contact's page).
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(SourceRules.Root, "src"), "*.razor", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(Declared.Select(p => p.Name).Except(Asked, StringComparer.Ordinal), name => Assert.Contains($"Actor.May(\"{name}\")", source, StringComparison.Ordinal));
    }

    [Fact]
    public void No_permission_is_declared_twice() =>
        Assert.Empty(Declared.GroupBy(p => p.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
}
