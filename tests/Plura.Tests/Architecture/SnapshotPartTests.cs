using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Tests.Architecture;

/// <summary>Whatever belongs to an account either travels in a snapshot or stays for a reason that somebody wrote down.</summary>
public sealed class SnapshotPartTests(PluraApp app)
{
    [Fact]
    public async Task Every_table_of_an_account_travels_in_one_part_or_stays_for_a_reason() => await app.In(Guid.CreateVersion7(app.Clock.GetUtcNow()), services =>
    {
        var travel = services.GetServices<ISnapshotPart>().SelectMany(p => p.Travel).ToList();
        var stay = services.GetServices<StaysBehind>().Where(s => s.Why.Length > 10).SelectMany(s => s.Entities).ToList();
        var owned = services.GetRequiredService<PluraDb>().Model.GetEntityTypes().Where(e => !e.IsOwned() && TableRows.KeyOf(e) is not null).Select(e => e.ClrType).Append(typeof(Plura.Accounts.Data.Account)).ToList();
        Assert.Empty(Wrong(owned, [.. travel, .. stay]));
        // And a table that was forgotten, or stands twice, is found.
        Assert.Equal(["Tag stands in 0"], Wrong(owned, [.. travel.Where(t => t.Name != "Tag"), .. stay]));
        Assert.Equal(["Contact stands in 2"], Wrong(owned, [.. travel, .. stay, typeof(Plura.Contacts.Data.Contact)]));
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Every_part_has_its_own_name_and_asks_for_a_permission_that_exists() => await app.In(Guid.CreateVersion7(app.Clock.GetUtcNow()), services =>
    {
        var parts = services.GetServices<ISnapshotPart>().ToList();
        var permissions = services.GetServices<IModule>().SelectMany(m => m.Permissions).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(parts.Count, parts.Select(p => p.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(parts, p => Assert.Contains(p.Permission, permissions));
        return Task.CompletedTask;
    });

    private static IEnumerable<string> Wrong(IReadOnlyList<Type> owned, IReadOnlyList<Type> named) =>
        owned.Select(o => (o.Name, Times: named.Count(n => n == o))).Where(o => o.Times != 1).Select(o => $"{o.Name} stands in {o.Times}").Concat(named.Except(owned).Select(n => $"{n.Name} belongs to no account"));
}
