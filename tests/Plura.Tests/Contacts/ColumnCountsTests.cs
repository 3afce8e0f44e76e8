using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Platform;

namespace Plura.Tests.Contacts;

public sealed class ColumnCountsTests(PluraApp app)
{
    private static readonly ContactFilter Members = new Condition("fields.member", "is", "true");

    [Fact]
    public async Task Any_filter_counts_from_memory_as_in_the_database_and_in_our_head_whatever_happened_in_between()
    {
        await using var own = await ColumnDesk.Large(app);
        var random = new Random(20261129);
        var desk = await ColumnDesk.Filled(own, random, people: 40);
        var import = new ImportDesk(desk.Account);
        Ended? imported = null;
        var deleted = new List<Guid>();
        Func<IReadOnlyList<ContactView>, Task>[] happenings =
        [
            _ => Task.CompletedTask,
            _ => desk.Add(random, 100, 6),
            async people =>
            {
                foreach (var person in people.Take(8))
                {
                    var other = RandomFilters.Person(random, 0);
                    await desk.Edit(new EditContact { Id = person.Id, City = other.City, Company = other.Company, Fields = other.Fields });
                }
            },
            people => Tagging(desk.Account, [.. people.Skip(3).Take(12).Select(p => p.Id)]),
            async people =>
            {
                deleted.AddRange(people.Take(7).Select(p => p.Id));
                Assert.Null((await desk.Account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = deleted }, default))).Refusal);
            },
            async _ =>
            {
                foreach (var id in deleted.Take(4))
                    Assert.Null((await desk.Account.In(s => s.GetRequiredService<RestoreContactHandler>().Handle(new RestoreContact { Id = id }, default))).Refusal);
            },
            async people =>
            {
                var known = people.First(p => p.Emails.Count > 0).Emails[0].Normal;
                imported = await import.Import($"First name,Email,Size,City,Tags\nÉva,eva@example.com,7,Łódź,VIP\nKnown,{known},9,Portland,Lead\nOtto,otto@example.com,-2,,\n", policy: "overwrite");
            },
            async _ => await import.Undo(imported!),
        ];
        var (asked, selective) = (0, 0);
        foreach (var happening in happenings)
        {
            await happening(await desk.People());
            var people = await desk.People();
            for (var i = 0; i < 75; i++)
            {
                // Each has a condition on an own field, so that it is one that PostgreSQL would have to read everything for.
                var filter = ContactFilter.Read(new AnyOf([RandomFilters.Filter(random, depth: 3), new AllOf([Members, RandomFilters.Filter(random, depth: 2)])]).Json()).Value;
                var expected = people.Count(p => SlowFilter.Fits(p, filter, own.Clock.GetUtcNow()));
                Assert.True(expected == await desk.Count(filter), $"{filter.Json()}\nexpected {expected}, in memory {await desk.Count(filter)}, in the database {await desk.BySql(filter)}");
                Assert.Equal(expected, await desk.BySql(filter));
                (asked, selective) = (asked + 1, selective + (expected > 0 && expected < people.Count ? 1 : 0));
            }
        }

        Assert.True(desk.Store.Answered >= asked, "Memory did not answer all of them.");
        Assert.True(selective > 200, string.Create(CultureInfo.InvariantCulture, $"Only {selective} of the random filters said anything."));
        Assert.NotNull(imported);
    }

    [Fact]
    public async Task Every_other_condition_too_counts_as_in_the_database()
    {
        await using var own = await ColumnDesk.Large(app);
        var random = new Random(7);
        var desk = await ColumnDesk.Filled(own, random, people: 30);
        var people = await desk.People();
        var company = people.First(p => p.Company.Length > 0).CompanyId!.Value;
        foreach (var person in people.Take(9))
            await desk.Edit(new EditContact { Id = person.Id, Assignee = desk.Account.OwnerId.ToString(), Region = "Bayern", Street = "Ringstraße 5" });
        foreach (var person in people.Skip(5).Take(9))
        {
            await desk.Account.Api.PostJson($"/api/v1/contacts/{person.Id}/followers", new { user = desk.Account.OwnerId });
            await desk.Account.Api.PostJson($"/api/v1/contacts/{person.Id}/notes", new { text = "Likes tea" });
        }

        var (somebody, today) = (desk.Account.OwnerId.ToString(), "2026-11-02");
        ContactFilter[] leaves =
        [
            new Condition("company_id", "is", company.ToString()), new Condition("company_id", "is", ["none", company.ToString()]), new Condition("company_id", "empty", []), new Condition("company_id", "not_empty", []),
            new Condition("assignee", "is", somebody), new Condition("assignee", "is", "none"), new Condition("assignee", "is_not", somebody), new Condition("assignee", "empty", []),
            new Condition("follower", "is", somebody), new Condition("follower", "is", ["none", somebody]), new Condition("follower", "is", "none"), new Condition("follower", "is_not", somebody), new Condition("follower", "empty", []),
            new Condition("changed", "on", today), new Condition("changed", "before", today), new Condition("changed", "after", "2026-11-01"), new Condition("changed", "between", ["2026-11-01", today]), new Condition("created", "older_days", "1"),
            new Condition("created", "after", people[11].CreatedAt.ToString("O", CultureInfo.InvariantCulture)), new Condition("created", "before", people[11].CreatedAt.ToString("O", CultureInfo.InvariantCulture)),
            new Condition("region", "is", "BAYERN"), new Condition("region", "empty", []), new Condition("street", "contains", "STRASSE"), new Condition("street", "empty", []),
            new Condition("activity.note", "last_days", "3"), new Condition("activity.note", "empty", []), new Condition("activity.note", "not_empty", []), new Condition("activity.note", "times", ["1", "5"]), new Condition("activity.note", "times", ["2", "5"]),
            new Condition("activity.note", "before", today), new Condition("email", "not_empty", []), new Condition("tag", "empty", []), new Condition("text", "contains", "4155550"), new Condition("name", "not_contains", "ann"),
        ];
        foreach (var (first, second) in leaves.SelectMany((a, at) => leaves.Skip(at).Select(b => (a, b))))
        {
            ContactFilter filter = random.Next(3) switch
            {
                0 => new AllOf([first, new AnyOf([second, Members])]),
                1 => new AnyOf([new AllOf([Members, first]), new Not(second)]),
                _ => new AllOf([new Not(new AllOf([first, second])), new Not(Members)]),
            };
            Assert.True(await desk.BySql(filter) == await desk.Count(filter), filter.Json());
        }

        Assert.True(desk.Store.Answered > 0);
    }

    [Fact]
    public async Task What_is_committed_late_by_an_older_transaction_is_counted_from_then_on()
    {
        await using var own = await ColumnDesk.Large(app);
        var desk = await ColumnDesk.Filled(own, new Random(1), people: 0);
        var (ann, bob) = (await desk.Account.Create("Ann"), await desk.Account.Create("Bob"));
        Assert.Equal(0, await desk.Count(Members));
        await using var slow = await desk.Open();
        await using var late = await slow.BeginTransactionAsync();
        // It has its number, and writes later than others who come after it.
        await slow.Ask<string>("select pg_current_xact_id()::text");
        await desk.Edit(new EditContact { Id = bob, Fields = new() { ["member"] = "true" } });
        Assert.Equal(1, await desk.Count(Members));
        Assert.Equal(1, await slow.Do("update contacts.contact set fields = '{\"member\": \"true\"}' where id = $1", ann));
        Assert.Equal(1, await desk.Count(Members));
        await desk.Edit(new EditContact { Id = bob, Fields = new() { ["note"] = "Later" } });
        Assert.Equal(1, await desk.Count(Members));
        await late.CommitAsync();
        Assert.Equal(2, await desk.Count(Members));
        Assert.Equal(5, desk.Store.Answered);
    }

    [Fact]
    public async Task Whoever_is_deleted_and_back_in_one_late_transaction_is_still_there()
    {
        await using var own = await ColumnDesk.Large(app);
        var desk = await ColumnDesk.Filled(own, new Random(1), people: 0);
        var ann = (await desk.Account.TryCreate(new CreateContact { FirstName = "Ann", Fields = new() { ["member"] = "true" } })).Value;
        Assert.Equal(1, await desk.Count(Members));
        await using var first = await desk.Open();
        await using var restores = await first.BeginTransactionAsync();
        await first.Ask<string>("select pg_current_xact_id()::text");
        await using var second = await desk.Open();
        await using var open = await second.BeginTransactionAsync();
        await second.Ask<string>("select pg_current_xact_id()::text");
        // Deleted by a younger transaction than the one that brings her back; between both, one is open all the time.
        await using (var third = await desk.Open())
        {
            await third.Do("delete from contacts.contact where id = $1", ann);
            Assert.Equal(0, await desk.Count(Members));
        }

        await first.Do("insert into contacts.contact (tenant_id, id, first_name, last_name, company, sort_name, search_text, fields, minor, source, created_at, updated_at) values ($1, $2, 'Ann', '', '', 'ann', 'ann', '{\"member\": \"true\"}', false, '', now(), now())", desk.Account.Id, ann);
        await restores.CommitAsync();
        Assert.Equal(1, await desk.Count(Members));
        Assert.Equal(1, await desk.Count(Members));
        await open.CommitAsync();
        Assert.Equal(1, await desk.Count(Members));
    }

    [Fact]
    public async Task Who_writes_first_and_counts_then_counts_what_was_written()
    {
        await using var own = await ColumnDesk.Large(app);
        var desk = await ColumnDesk.Filled(own, new Random(1), people: 5);
        var before = await desk.Count(Members);
        await desk.Account.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            Assert.Equal(5, await db.Database.ExecuteSqlAsync($"update contacts.contact set fields = {"{\"member\": \"true\"}"}::jsonb where tenant_id = {desk.Account.Id}"));
            Assert.Equal(5, (await services.GetRequiredService<Filters>().Count(Members, default)).Value);
        });
        Assert.Equal(before, await desk.Count(Members));
    }

    private static async Task Tagging(TestAccount account, List<Guid> ids)
    {
        Assert.Null((await account.In(s => s.GetRequiredService<TagContactHandler>().Handle(new TagContact { Ids = ids, Tags = ["VIP"] }, default))).Refusal);
        Assert.Null((await account.In(s => s.GetRequiredService<UntagContactHandler>().Handle(new UntagContact { Ids = ids[..5], Tags = ["Lead"] }, default))).Refusal);
    }
}
