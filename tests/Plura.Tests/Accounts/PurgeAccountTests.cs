using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Privacy;
using Plura.Tests.Architecture;

namespace Plura.Tests;

public sealed class PurgeAccountTests(PluraApp app)
{
    [Theory]
    [InlineData("2026-08-31", 24, "2028-08-31")]
    [InlineData("2028-02-29", 24, "2030-02-28")]
    [InlineData("2026-12-31", 6, "2027-06-30")]
    [InlineData("2026-11-02", 0, "2026-12-02")]
    public void Months_are_calendar_months(string closed, int months, string purged) =>
        Assert.Equal(DateTimeOffset.Parse(purged + "T10:00:00Z", null), AccountClosure.PurgeDay(DateTimeOffset.Parse(closed + "T10:00:00Z", null), months));

    [Fact]
    public async Task Everything_goes_on_the_day_and_not_before_and_the_neighbour_keeps_everything()
    {
        await using var own = await app.Another();
        var (account, neighbour) = (await own.NewAccount(), await own.NewAccount("Next Door"));
        await LivedIn.In(own, account);
        await LivedIn.In(own, neighbour);
        await own.Services.GetRequiredService<AnchorService>().Seal(default);
        await own.Services.GetRequiredService<CallTally>().Flush(default);
        var theirs = await Contents(own, neighbour.Id);
        await account.CloseIt(own);
        var closedAt = await own.Ask<DateTime>("select closed_at from accounts.account_closure where account_id = $1", account.Id);
        var day = new DateTimeOffset(closedAt, TimeSpan.Zero).AddMonths(24);
        own.Clock.SetUtcNow(day.AddDays(-1));
        Assert.Equal(0, await Purge(own));
        await Assert.ThrowsAsync<PostgresException>(() => AskToPurge(own, account.Id));
        Assert.True(await Rows(own, account.Id) > 100);

        own.Clock.SetUtcNow(day.AddSeconds(1));
        Assert.Equal(1, await Purge(own));
        Assert.Equal(0, await Rows(own, account.Id));
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.account where id = $1", account.Id));
        Assert.Equal(theirs, await Contents(own, neighbour.Id));
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'account.purge' and about = $1", account.Id));
        Assert.True(await own.Ask<long>("select rows_gone from accounts.account_closure where account_id = $1 and purged_at is not null", account.Id) > 100);
        Assert.False(Directory.Exists(Path.Combine(own.Folder, "files", account.Id.ToString("N"))));

        // The seals that were made while it was there still hold, and the neighbour's chains too.
        Assert.Null(await own.Services.GetRequiredService<AnchorWatch>().Look(default));
        Assert.True((await own.Services.GetRequiredService<LedgerVerification>().Run(default)).Ok);
        Assert.True((await own.Services.GetRequiredService<AuditVerification>().Run(default)).Ok);
        Assert.Equal(0, await Purge(own));
    }

    [Fact]
    public async Task Broken_off_in_the_middle_it_goes_on_where_it_was()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await LivedIn.In(own, account);
        await account.CloseIt(own, keep: "0");
        own.Clock.Advance(AccountClosure.Grace + TimeSpan.FromMinutes(1));
        var before = await Rows(own, account.Id);
        // One batch is committed; the next one dies with its server process before it commits.
        Assert.Equal(7, (await AskToPurge(own, account.Id, 7)).Sum());
        await own.Do("create function public.die() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return old; end $$; create trigger die before delete on contacts.contact for each row execute function public.die()");
        var broken = await Assert.ThrowsAsync<AggregateException>(() => Purge(own));
        Assert.IsAssignableFrom<NpgsqlException>(Assert.Single(broken.InnerExceptions));
        var left = await Rows(own, account.Id);
        Assert.InRange(left, 1, before - 7);
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.account where id = $1", account.Id));
        Assert.Equal(0, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'account.purge'"));

        await own.Do("drop function public.die() cascade");
        NpgsqlConnection.ClearAllPools();
        Assert.Equal(1, await Purge(own));
        Assert.Equal(0, await Rows(own, account.Id));
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'account.purge'"));
        // The account's own row, and sums that PostgreSQL wrote while their sends went.
        Assert.True(await own.Ask<long>("select rows_gone from accounts.account_closure where account_id = $1", account.Id) > before);
    }

    [Fact]
    public async Task An_account_that_was_opened_again_is_never_deleted_and_a_second_closing_counts_anew()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.CloseIt(own, keep: "0");
        await account.OpenAgain();
        own.Clock.Advance(TimeSpan.FromDays(800));
        Assert.Equal(0, await Purge(own));
        await account.CloseIt(own);
        Assert.Equal(2, await own.Ask<long>("select count(*) from accounts.account_closure where account_id = $1", account.Id));
        Assert.Equal(0, await Purge(own));
    }

    [Fact]
    public async Task The_promise_is_looked_at_live_and_a_forgotten_account_or_a_row_left_behind_turns_it_red()
    {
        await using var own = await app.Another();
        Assert.Equal(new PolicyFinding(0, 0), await Look(own));
        var account = await own.NewAccount();
        await account.CloseIt(own, keep: "0");
        Assert.Equal(new PolicyFinding(0, 1), await Look(own));
        own.Clock.Advance(AccountClosure.Grace + TimeSpan.FromDays(2));
        Assert.Equal(new PolicyFinding(1, 1), await Look(own));
        await Purge(own);
        Assert.Equal(new PolicyFinding(0, 1), await Look(own));
        await own.Do("insert into contacts.tag (tenant_id, id, name, normal) values ($1, gen_random_uuid(), 'left', 'left')", account.Id);
        Assert.Equal(new PolicyFinding(1, 1), await Look(own));
    }

    [Fact]
    public async Task The_apps_role_deletes_no_ledger_by_itself_whatever_it_sets()
    {
        var account = await app.NewAccount();
        await using var open = await account.Open();
        await open.Do("select set_config('plura.purging', $1, false)", account.Id.ToString());
        foreach (var sql in (string[])["delete from privacy.audit_entry", "delete from privacy.consent_event", "select * from platform.purge_rows($1, 10)", "insert into privacy.ended_chain (account_id, ledger_seq, audit_seq) values ($1, 9, 9)"])
            await Assert.ThrowsAsync<PostgresException>(() => sql.Contains('$', StringComparison.Ordinal) ? open.Do(sql, account.Id) : open.Do(sql));
    }

    [Fact]
    public async Task The_apps_role_cannot_say_what_day_it_is_nor_date_a_closing_back_nor_shorten_the_thirty_days()
    {
        await using var own = await app.Another();
        var (account, open) = (await own.NewAccount(), await own.NewAccount("Open Bakery"));
        await account.CloseIt(own);
        await account.OpenAgain();
        own.Clock.Advance(TimeSpan.FromDays(800));
        await account.CloseIt(own);
        var (rows, now) = (await Rows(own, account.Id), own.Clock.GetUtcNow());
        await using var role = await account.Open();
        const string insert = "insert into accounts.account_closure (id, account_id, closed_at, readable_until, purge_at, rows_gone) values (gen_random_uuid(), $1, $2, $3, $4, 0)";
        foreach (var (sql, values) in (IEnumerable<(string, object[])>)
        [
            ("select * from accounts.purge_account($1, 100000)", [account.Id]),
            ("select * from accounts.purge_account($1, 100000)", [open.Id]),
            (insert, [open.Id, now.AddDays(-800), now.AddDays(-770), now.AddDays(-700)]),
            (insert, [open.Id, now, now.AddMinutes(1), now.AddMinutes(1)]),
            ("update accounts.account_closure set purge_at = $2 where account_id = $1", [account.Id, now.AddDays(31)]),
            ("update accounts.account_closure set closed_at = $2 where account_id = $1", [account.Id, now.AddDays(-40)]),
            ("update accounts.account_closure set reopened_at = null where account_id = $1 and reopened_at is not null", [account.Id]),
            ("delete from accounts.account_closure where account_id = $1", [account.Id]),
            ("create or replace function accounts.clock() returns timestamptz language sql as 'select now()'", []),
        ])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => role.Do(sql, values));
            Assert.Equal((sql, PostgresErrorCodes.InsufficientPrivilege), (sql, refused.SqlState));
        }

        Assert.Equal(rows, await Rows(own, account.Id));
        // And none that takes a time from whoever asks is left.
        Assert.Equal("account uuid, most integer", await own.Ask<string>("select string_agg(pg_get_function_identity_arguments(oid), '; ') from pg_proc where proname = 'purge_account'"));
        Assert.Equal(1, await role.Do(insert, open.Id, now, now.AddDays(30), now.AddDays(30)));
    }

    [Fact]
    public async Task One_account_that_cannot_be_deleted_keeps_no_other()
    {
        await using var own = await app.Another();
        var (stuck, goes) = (await own.NewAccount("Stuck Bakery"), await own.NewAccount("Going Bakery"));
        await stuck.CloseIt(own, keep: "0");
        await goes.CloseIt(own, keep: "0");
        own.Clock.Advance(AccountClosure.Grace + TimeSpan.FromMinutes(5));
        await own.Do($"create function public.stay() returns trigger language plpgsql as $$ begin if old.id = '{stuck.Id}' then raise exception 'stuck'; end if; return old; end $$; create trigger stay before delete on accounts.account for each row execute function public.stay()");
        await Assert.ThrowsAsync<AggregateException>(() => Purge(own));
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.account where id = $1", stuck.Id));
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.account where id = $1", goes.Id));
    }

    [Fact]
    public async Task Only_what_says_why_outlives_an_account()
    {
        await using var owner = await app.OpenOwner();
        var kept = (await owner.Rows("select c.oid::regclass::text from pg_class c where obj_description(c.oid, 'pg_class') like 'kept: %' order by 1")).ConvertAll(r => (string)r[0]!);
        Assert.Equal(["accounts.acceptance", "accounts.account_closure", "privacy.ended_chain"], kept);
    }

    private static Task<PolicyFinding> Look(PluraApp own) => own.In(tenant: null, services => services.GetServices<IPolicyCheck>().OfType<ClosedAccountsAreDeleted>().Single().Look(default));

    /// <summary>As the app's role asks; answers how many rows of each table went.</summary>
    private static async Task<List<long>> AskToPurge(PluraApp own, Guid account, int most = 1000)
    {
        await own.TellTheDatabase();
        await using var open = await own.OpenApp();
        return (await open.Rows("select gone from accounts.purge_account($1, $2)", account, most)).ConvertAll(r => (long)r[0]!);
    }

    /// <summary>As the hourly round does it.</summary>
    private static async Task<int> Purge(PluraApp own)
    {
        await own.TellTheDatabase();
        return await own.Services.GetRequiredService<AccountEnds>().Purge(default);
    }

    private static async Task<long> Rows(PluraApp own, Guid account)
    {
        await using var owner = await own.OpenOwner();
        var total = 0L;
        foreach (var row in await owner.Rows("select relation::text, key from platform.tenant_table"))
            total += await owner.Ask<long>($"select count(*) from {row[0]} where {row[1]} = $1", account);
        return total;
    }

    private static async Task<string> Contents(PluraApp own, Guid account)
    {
        await using var owner = await own.OpenOwner();
        var digests = new List<string>();
        foreach (var row in await owner.Rows("select relation::text, key from platform.tenant_table order by 1"))
            digests.Add($"{row[0]} {await owner.Ask<string>($"select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {row[0]} t where {row[1]} = $1", account)}");
        return string.Join('\n', digests);
    }
}
