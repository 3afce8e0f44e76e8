using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Platform;
using Plura.Tests.Architecture;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Platform;

/// <summary>One account never meets another's rows: with the model's filter switched off, and by raw SQL. The tables are asked for, never listed.</summary>
public sealed class IsolationTests(PluraApp app)
{
    private const string Policy = "refused by the policy";
    private const string NoRight = "the app's role may add nothing here";

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
        await using var own = await app.Another();
        var (mine, other) = (await own.NewAccount(), await own.NewAccount("Next Door"));
        await LivedIn.In(own, mine);
        await LivedIn.In(own, other);
        await using var owner = await own.OpenOwner();
        await using var open = await mine.Open();
        var (tables, empty, copied, unasked) = ((await owner.Rows(TenantTables)).ConvertAll(r => (string)r[0]!), new List<string>(), 0, new List<string>());
        foreach (var table in tables)
        {
            var theirs = await owner.Ask<long>($"select count(*) from {table} where tenant_id = $1", other.Id);
            if (theirs == 0)
                empty.Add(table);
            Assert.Equal(0, await open.Ask<long>($"select count(*) from {table} where tenant_id <> $1", mine.Id));
            Assert.Equal(0, await Touch(open, $"update {table} set tenant_id = tenant_id where tenant_id = $1", other.Id));
            Assert.Equal(0, await Touch(open, $"delete from {table} where tenant_id = $1", other.Id));
            // A row of ours becomes theirs neither by changing it …
            Assert.Equal(0, await Touch(open, $"update {table} set tenant_id = $2 where tenant_id = $1", mine.Id, other.Id));
            // … nor by a copy; where we have no row, by one that says nothing else: the policy is asked before anything that must be filled in.
            var copy = await owner.Ask<long>($"select count(*) from {table} where tenant_id = $1", mine.Id) > 0 ? await Copy(owner, table) : $"insert into {table} (tenant_id) select $2 where $1 is not null";
            switch (await Added(open, copy, mine.Id, other.Id))
            {
                case Policy:
                    // The same copy for ourselves is none of the policy's business: it was the account's id that it refused.
                    Assert.NotEqual(Policy, await Added(open, copy, mine.Id, mine.Id));
                    copied++;
                    break;
                case NoRight:
                    unasked.Add(table);
                    break;
                case var found:
                    Assert.Fail($"{table} took a row for another account, or refused it for another reason than its policy: {found}");
                    break;
            }

            Assert.Equal(theirs, await owner.Ask<long>($"select count(*) from {table} where tenant_id = $1", other.Id));
        }

        Assert.True(empty.Count * 10 <= tables.Count * 3, $"{empty.Count} of {tables.Count} tables have no rows of the other account, so the test proves little of them: {string.Join(", ", empty)}");
        Assert.True(copied > 40, $"Only {copied} policies refused a row; into these tables the app may add nothing at all: {string.Join(", ", unasked)}");
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

    /// <summary>How many rows were touched; a policy that refuses them, or a right that the app's role does not have at all, lets none be touched.</summary>
    private static async Task<int> Touch(NpgsqlConnection open, string sql, params object[] tenants)
    {
        try
        {
            return await open.Do(sql, tenants);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            return 0;
        }
    }

    /// <summary>Adds a copy of one of our rows ($1), with an id of its own, to an account ($2). What PostgreSQL computes itself is left to it.</summary>
    private static async Task<string> Copy(NpgsqlConnection owner, string table)
    {
        var columns = (await owner.Rows("select quote_ident(attname), atttypid = 'uuid'::regtype from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a' order by attnum", table))
            .ConvertAll(c => (Name: (string)c[0]!, IsUuid: (bool)c[1]!));
        var values = columns.Select(c => c switch { { Name: "tenant_id" } => "$2", { Name: "id", IsUuid: true } => "gen_random_uuid()", _ => c.Name });
        return $"insert into {table} ({string.Join(", ", columns.Select(c => c.Name))}) select {string.Join(", ", values)} from {table} where tenant_id = $1 limit 1";
    }

    /// <summary>What became of it: <see cref="Policy"/>, <see cref="NoRight"/>, or whatever else. It is never kept.</summary>
    private static async Task<string> Added(NpgsqlConnection open, string sql, Guid from, Guid to)
    {
        await using var transaction = await open.BeginTransactionAsync();
        try
        {
            return $"{await open.Do(sql, from, to)} added";
        }
        catch (PostgresException refused)
        {
            return refused switch
            {
                { SqlState: PostgresErrorCodes.InsufficientPrivilege, Routine: "ExecWithCheckOptions" } => Policy,
                { SqlState: PostgresErrorCodes.InsufficientPrivilege, Routine: "aclcheck_error" } => NoRight,
                _ => $"{refused.SqlState} {refused.MessageText} ({refused.Routine})",
            };
        }
        finally
        {
            await transaction.RollbackAsync();
        }
    }

#pragma warning disable RS0030 // Here the first lock is taken off on purpose: the others must hold.
    private static List<Guid> Tenants<T>(PluraDb db)
        where T : class, ITenantOwned => [.. db.Set<T>().IgnoreQueryFilters().Select(row => row.TenantId)];
#pragma warning restore RS0030
}
