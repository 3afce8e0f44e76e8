using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Violations;

namespace Plura.Tests.Architecture;

public sealed class DatabaseTests(PluraApp app)
{
    [Fact]
    public async Task Every_entity_belongs_to_a_tenant_or_says_why_not() => None(DatabaseRules.EntitiesWithoutOwner(await Model()));

    [Fact]
    public async Task Every_tenant_table_has_forced_row_security_with_the_one_policy()
    {
        await using var owner = await app.OpenOwner();
        None(await DatabaseRules.TablesWithoutRowSecurity(owner, DatabaseRules.Shared(await Model())));
    }

    [Fact]
    public async Task Tables_that_stood_under_an_older_policy_take_the_one_of_today()
    {
        await using var older = await app.Another();
        const string policies = "select string_agg(distinct pg_get_expr(polqual, polrelid) || pg_get_expr(polwithcheck, polrelid), ' | ') from pg_policy where polname = 'tenant'";
        var today = await older.Ask<string>(policies);
        Assert.DoesNotContain("SELECT", today, StringComparison.OrdinalIgnoreCase);
        const string subselect = "tenant_id = (select nullif(current_setting('plura.tenant_id', true), '')::uuid)";
        await older.Do($"alter policy tenant on contacts.contact using ({subselect}) with check ({subselect})");
        await older.Do("delete from platform.migration where migration_id like '%PolicyWithoutSubselect'");
        Assert.NotEqual(today, await older.Ask<string>(policies));
        await older.Services.GetRequiredService<Database>().Migrate(default);
        Assert.Equal(today, await older.Ask<string>(policies));
    }

    [Fact]
    public async Task Every_key_between_tenant_tables_leads_with_the_tenant()
    {
        await using var owner = await app.OpenOwner();
        None(await DatabaseRules.KeysThatDoNotLeadWithTheTenant(owner, DatabaseRules.Shared(await Model())));
    }

    [Fact]
    public async Task Functions_with_their_owners_rights_fix_their_search_path()
    {
        await using var owner = await app.OpenOwner();
        None(await DatabaseRules.LooseFunctions(owner));
    }

    [Fact]
    public async Task There_are_no_enum_types()
    {
        await using var owner = await app.OpenOwner();
        None(await DatabaseRules.Enums(owner));
    }

    [Fact]
    public async Task What_is_only_added_cannot_be_changed_by_the_app()
    {
        var tables = (await Model()).GetEntityTypes().Where(e => e.ClrType.IsDefined(typeof(AppendOnlyAttribute), inherit: false)).Select(e => $"{e.GetSchema()}.{e.GetTableName()}").ToArray();
        Assert.NotEmpty(tables);
        await using var owner = await app.OpenOwner();
        None(await DatabaseRules.LooseAppendOnly(owner, tables));
    }

    [Fact]
    public async Task Both_roles_of_the_app_may_do_the_same()
    {
        await using var owner = await app.OpenOwner();
        None(await DatabaseRules.UnequalGrants(owner));
    }

    [Fact]
    public async Task Every_handler_and_subscriber_can_be_made() => await app.In(Guid.CreateVersion7(app.Clock.GetUtcNow()), services =>
    {
        var parts = services.GetRequiredService<ModelParts>();
        var handlers = parts.Assemblies.SelectMany(a => a.GetTypes())
            .Where(t => t is { IsClass: true, IsAbstract: false, IsNested: false } && t.Name.EndsWith("Handler", StringComparison.Ordinal) && !typeof(Delegate).IsAssignableFrom(t))
            .Concat(services.GetRequiredService<Plura.Platform.Outbox.OutboxCatalog>().Subscribers).Distinct();
        var broken = new List<string>();
        foreach (var handler in handlers)
        {
            if (Record.Exception(() => services.GetRequiredService(handler)) is { } error)
                broken.Add($"{handler.FullName}: {error.Message}");
        }

        None(broken);
        return Task.CompletedTask;
    });

    [Fact]
    public async Task An_entity_without_owner_is_caught()
    {
        await using var wrong = new WrongDb();
        var caught = DatabaseRules.EntitiesWithoutOwner(wrong.Model).ToList();
        Assert.Contains(caught, c => c.Contains(nameof(Ownerless), StringComparison.Ordinal));
        Assert.Contains(caught, c => c.Contains(nameof(SharedWithoutReason), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tables_without_locks_are_caught()
    {
        await using var own = await app.Another();
        await using var owner = await own.OpenOwner();
        await owner.Do(WrongDb.Tables);
        var open = await DatabaseRules.TablesWithoutRowSecurity(owner, []);
        foreach (var table in (string[])["wrong.open", "wrong.not_forced", "wrong.no_policy", "wrong.second_policy"])
            Assert.Contains(open, c => c.StartsWith(table + ":", StringComparison.Ordinal));
        Assert.DoesNotContain(open, c => c.StartsWith("wrong.right", StringComparison.Ordinal));
        var keys = await DatabaseRules.KeysThatDoNotLeadWithTheTenant(owner, []);
        Assert.Contains(keys, c => c.StartsWith("wrong.open: unique index", StringComparison.Ordinal));
        Assert.Contains(keys, c => c.StartsWith("wrong.not_forced: foreign key", StringComparison.Ordinal));
        Assert.Single(await DatabaseRules.LooseFunctions(owner));
        Assert.Single(await DatabaseRules.Enums(owner));
        Assert.Single(await DatabaseRules.LooseAppendOnly(owner, ["wrong.open"]));
    }

    private async Task<IModel> Model() => await app.In(null, services => Task.FromResult(services.GetRequiredService<PluraDb>().GetService<IDesignTimeModel>().Model));

    private static void None(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join('\n', found.Order(StringComparer.Ordinal)));
}
