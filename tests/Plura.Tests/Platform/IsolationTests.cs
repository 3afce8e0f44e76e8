using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Platform;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Platform;

/// <summary>One account never meets another's rows: with the model's filter switched off, and by raw SQL. The tables are asked for, never listed.</summary>
public sealed class IsolationTests(PluraApp app)
{
    private const string TenantTables = """
        select c.oid::regclass::text from pg_class c join pg_attribute a on a.attrelid = c.oid
        where a.attname = 'tenant_id' and c.relkind in ('r', 'p') and c.relrowsecurity order by 1
        """;

    [Fact]
    public async Task With_the_filter_off_the_database_itself_hides_another_accounts_rows()
    {
        var (mine, other) = await Two();
        var seen = await mine.In(services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            var unfiltered = typeof(IsolationTests).GetMethod(nameof(Tenants), BindingFlags.NonPublic | BindingFlags.Static)!;
            var owned = db.Model.GetEntityTypes().Select(t => t.ClrType).Where(t => typeof(ITenantOwned).IsAssignableFrom(t)).ToList();
            Assert.True(owned.Count > 15, $"Only {owned.Count} entities belong to a tenant.");
            return Task.FromResult(owned.SelectMany(t => ((IEnumerable<Guid>)unfiltered.MakeGenericMethod(t).Invoke(null, [db])!).Select(tenant => (t.Name, tenant))).ToList());
        });
        Assert.NotEmpty(seen);
        Assert.All(seen, row => Assert.Equal(mine.Id, row.tenant));
        Assert.NotEqual(mine.Id, other.Id);
    }

    [Fact]
    public async Task Raw_SQL_reads_changes_and_adds_nothing_of_another_account()
    {
        var (mine, other) = await Two();
        await using var owner = await app.OpenOwner();
        await using var open = await mine.Open();
        var filled = 0;
        foreach (var table in (await owner.Rows(TenantTables)).Select(r => (string)r[0]!))
        {
            var theirs = await owner.Ask<long>($"select count(*) from {table} where tenant_id = $1", other.Id);
            filled += theirs > 0 ? 1 : 0;
            Assert.Equal(0, await open.Ask<long>($"select count(*) from {table} where tenant_id <> $1", mine.Id));
            Assert.Equal(0, await Touch(open, $"update {table} set tenant_id = tenant_id where tenant_id = $1", other.Id));
            Assert.Equal(0, await Touch(open, $"delete from {table} where tenant_id = $1", other.Id));
            Assert.Equal(theirs, await owner.Ask<long>($"select count(*) from {table} where tenant_id = $1", other.Id));
        }

        Assert.True(filled > 12, $"Only {filled} tables had rows of the other account: the test proves little.");
    }

    /// <summary>Two accounts that have done a day's work each.</summary>
    private async Task<(TestAccount Mine, TestAccount Other)> Two()
    {
        var accounts = new List<TestAccount>();
        for (var i = 0; i < 2; i++)
        {
            var account = await app.NewAccount();
            await account.Person("Ann", tag: "VIP");
            await account.Person("Ben", consent: false);
            await account.Send(await account.Letter());
            await account.Settle(app);
            accounts.Add(account);
        }

        return (accounts[0], accounts[1]);
    }

    /// <summary>How many rows were touched; a right that the app's role does not have at all touches none.</summary>
    private static async Task<int> Touch(NpgsqlConnection open, string sql, Guid tenant)
    {
        try
        {
            return await open.Do(sql, tenant);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            return 0;
        }
    }

#pragma warning disable RS0030 // Here the first lock is taken off on purpose: the others must hold.
    private static List<Guid> Tenants<T>(PluraDb db)
        where T : class, ITenantOwned => [.. db.Set<T>().IgnoreQueryFilters().Select(row => row.TenantId)];
#pragma warning restore RS0030
}
