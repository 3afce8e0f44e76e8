using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Contacts;
using Plura.Platform;

namespace Plura.Tests.Contacts;

public sealed class ColumnStoreTests(PluraApp app)
{
    private static readonly ContactFilter Members = new Condition("fields.member", "is", "true");

    [Fact]
    public async Task Each_account_counts_its_own_and_nobody_elses()
    {
        await using var own = await ColumnDesk.Large(app);
        var (first, second) = (await ColumnDesk.Filled(own, new Random(1), people: 12), await ColumnDesk.Filled(own, new Random(2), people: 20));
        for (var round = 0; round < 3; round++)
        {
            foreach (var desk in (ColumnDesk[])[first, second])
            {
                foreach (var filter in (ContactFilter[])[Members, new Not(Members), new AnyOf([Members, new Condition("tag", "is", "VIP")])])
                    Assert.Equal(await desk.BySql(filter), await desk.Count(filter));
            }

            await first.Add(new Random(round + 10), 100 * (round + 1), 3);
        }

        Assert.True(first.Store.Holds(first.Account.Id) && first.Store.Holds(second.Account.Id));
        // A number of one account's changes is no news for the other.
        Assert.Equal(21, (await first.People()).Count);
        Assert.Equal(20, await second.Count(new AnyOf([Members, new Not(Members)])));
    }

    [Fact]
    public async Task Whoever_sees_only_their_own_counts_only_those_and_not_from_memory()
    {
        await using var own = await ColumnDesk.Large(app);
        var desk = await ColumnDesk.Filled(own, new Random(1), people: 10);
        var cora = await desk.Account.Colleague(own, Membership.Member, Sights.Mine);
        foreach (var person in (await desk.People()).Take(4))
            await desk.Edit(new EditContact { Id = person.Id, Assignee = cora.Id.ToString(), Fields = new() { ["member"] = "true" } });
        var all = await desk.Count(Members);
        var answered = desk.Store.Answered;
        await desk.Account.In(async services =>
        {
            services.GetRequiredService<Tenant>().Narrow([cora.Id]);
            var filters = services.GetRequiredService<Filters>();
            Assert.Equal(4, (await filters.Count(Members, default)).Value);
            Assert.Equal(0, (await filters.Count(new Not(Members), default)).Value);
        });
        Assert.Equal(answered, desk.Store.Answered);
        Assert.Equal(all, await desk.Count(Members));
        // And learns nothing of what others deleted.
        var gone = (await desk.People()).Take(2).Select(p => p.Id).ToList();
        await desk.Account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = gone }, default));
        await using var open = await own.OpenApp();
        await using (var enter = TenantConnections.Set(open, desk.Account.Id, [cora.Id]))
            await enter.ExecuteNonQueryAsync();
        Assert.Equal(0L, await open.Ask<long>("select count(*) from contacts.contact_gone"));
        Assert.Equal(2L, await desk.Account.Ask<long>("select count(*) from contacts.contact_gone"));
    }

    [Fact]
    public async Task A_small_account_and_what_an_address_decides_stay_with_PostgreSQL()
    {
        await using var own = await app.Another();
        var small = await ColumnDesk.Filled(own, new Random(1), people: 3);
        Assert.Equal(await small.BySql(Members), await small.Count(Members));
        Assert.False(small.Store.Holds(small.Account.Id));

        await using var other = await ColumnDesk.Large(app);
        var large = await ColumnDesk.Filled(other, new Random(1), people: 3);
        foreach (var filter in (ContactFilter[])[new AllOf([Members, new Condition("email", "is", "p1@example.com")]), new Condition("created", "last_days", "1"), new Condition("tag", "is", "VIP")])
            Assert.Equal(await large.BySql(filter), await large.Count(filter));
        Assert.False(large.Store.Holds(large.Account.Id));
    }

    [Theory]
    [InlineData(100, false, false)]
    [InlineData(5_500, false, true)]
    [InlineData(10_000, false, true)]
    [InlineData(1_000_000, true, true)]
    public async Task Whatever_there_is_room_for_counts_are_right(long bytes, bool both, bool newest)
    {
        await using var own = await ColumnDesk.Large(app, new ColumnLimits { MostBytes = bytes });
        var (first, second) = (await ColumnDesk.Filled(own, new Random(1), people: 15), await ColumnDesk.Filled(own, new Random(2), people: 15));
        var filter = new AnyOf([new AllOf([Members, new Condition("fields.note", "contains", "prefers")]), new Condition("fields.story", "starts", "line"), new Condition("city", "is", "portland")]);
        foreach (var desk in (ColumnDesk[])[first, second, first, second])
            Assert.Equal(await desk.BySql(filter), await desk.Count(filter));
        Assert.Equal((both, newest), (first.Store.Holds(first.Account.Id), second.Store.Holds(second.Account.Id)));
        Assert.True(first.Store.Bytes <= bytes);
    }

    [Fact]
    public async Task What_nobody_asks_for_is_dropped_and_what_was_deleted_is_forgotten_at_the_next_count()
    {
        await using var own = await ColumnDesk.Large(app);
        var desk = await ColumnDesk.Filled(own, new Random(1), people: 5);
        for (var i = 0; i < 5; i++)
            Assert.Null((await desk.Account.TryCreate(new CreateContact { FirstName = $"Secret {i}", Fields = new() { ["story"] = $"{i} {new string('x', 1900)}" } })).Refusal);
        var filter = new Condition("fields.story", "contains", "xx");
        Assert.Equal(5, await desk.Count(filter));
        var held = desk.Store.Bytes;
        var secrets = (await desk.People()).Where(p => p.FirstName.StartsWith("Secret", StringComparison.Ordinal)).Select(p => p.Id).ToList();
        await desk.Account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = secrets }, default));
        Assert.Equal(0, await desk.Count(filter));
        Assert.True(held - desk.Store.Bytes > 5 * 1900, "The texts of those who were deleted are still held.");

        own.Clock.Advance(TimeSpan.FromMinutes(8));
        Assert.True(desk.Store.Holds(desk.Account.Id));
        own.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.False(desk.Store.Holds(desk.Account.Id));
        Assert.Equal(0, await desk.Count(filter));
    }

    [Fact]
    public async Task After_twenty_hours_without_a_look_everything_is_read_anew_because_who_was_deleted_is_written_down_for_a_day_only()
    {
        await using var own = await ColumnDesk.Large(app, new ColumnLimits { Unused = TimeSpan.FromDays(2) });
        var desk = await ColumnDesk.Filled(own, new Random(1), people: 6);
        var ann = (await desk.Account.TryCreate(new CreateContact { FirstName = "Ann", Fields = new() { ["member"] = "true" } })).Value;
        var all = await desk.Count(Members);
        await desk.Account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [ann] }, default));
        // What a day later is forgotten is forgotten now: no look at what changed can tell that she went.
        Assert.Equal(1, await own.Do("delete from contacts.contact_gone where contact_id = $1", ann));
        Assert.Equal(all - 1, await desk.BySql(Members));
        Assert.Equal(all, await desk.Count(Members));
        own.Clock.Advance(TimeSpan.FromHours(19));
        Assert.Equal(all, await desk.Count(Members));
        // Twenty hours after somebody looked last, it is not believed any more.
        own.Clock.Advance(TimeSpan.FromHours(21));
        Assert.Equal(all - 1, await desk.Count(Members));
    }

    [Fact]
    public async Task Many_who_count_at_once_while_somebody_writes_each_count_one_moment()
    {
        await using var own = await ColumnDesk.Large(app);
        var desk = await ColumnDesk.Filled(own, new Random(1), people: 0);
        var (ann, bob) = (await desk.Account.Create("Ann"), await desk.Account.Create("Bob"));
        var one = new AnyOf([Members, new Condition("fields.note", "is", "guest")]);
        await desk.Edit(new EditContact { Id = ann, Fields = new() { ["member"] = "true" } });
        // In one statement one gains what the other loses: at no moment there are none or two.
        async Task Write()
        {
            await using var open = await desk.Open();
            for (var turn = 0; turn < 40; turn++)
                Assert.Equal(2, await open.Do("update contacts.contact set fields = (case when fields ->> 'member' = 'true' then '{}' else '{\"member\": \"true\"}' end)::jsonb where id = any($1)", (Guid[])[ann, bob]));
        }

        var counts = Enumerable.Range(0, 6).Select(async _ =>
        {
            for (var turn = 0; turn < 15; turn++)
                Assert.Equal(1, await desk.Count(one));
        });
        await Task.WhenAll([Write(), .. counts]);
        Assert.Equal(1, await desk.BySql(one));
    }

    [Fact]
    public async Task What_was_deleted_is_written_down_for_a_day_and_goes_with_its_account()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (old, young) = (await account.Create("Old"), await account.Create("Young"));
        await account.Create("Here");
        await account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [old, young] }, default));
        await own.Do("update contacts.contact_gone set at = now() - interval '25 hours' where contact_id = $1", old);
        Assert.Equal(1, await own.Services.GetRequiredService<ForgetGone>().Forget(default));
        Assert.Equal(young, await account.Ask<Guid>("select contact_id from contacts.contact_gone"));

        await using var owner = await own.OpenOwner();
        await owner.Do("set role plura_owner");
        await owner.Do("select * from platform.purge_rows($1, 100000)", account.Id);
        Assert.Equal(0L, await owner.Ask<long>("select count(*) from contacts.contact_gone"));
        Assert.Equal(0L, await owner.Ask<long>("select count(*) from contacts.contact where tenant_id = $1", account.Id));
    }
}
