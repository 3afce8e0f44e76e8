using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;

namespace Plura.Tests.Contacts;

/// <summary>In a large account the pages of a list and the size of a change of many come by way of the columns in memory, and say what PostgreSQL says.</summary>
public sealed class ShortListTests(PluraApp app)
{
    [Fact]
    public async Task Pages_of_any_filter_are_the_same_people_in_the_same_order_with_and_without_memory()
    {
        await using var large = await ColumnDesk.Large(app);
        var random = new Random(20261130);
        var desk = await ColumnDesk.Filled(large, random, people: 60);
        var (asked, several) = (0, 0);
        for (var i = 0; i < 60; i++)
        {
            var filter = ContactFilter.Read(new AllOf([new AnyOf([new Condition("fields.member", "is", "true"), new Condition("fields.size", "more", "0")]), RandomFilters.Filter(random, depth: 2)]).Json()).Value;
            foreach (var sort in (string[])["newest", "name"])
            {
                var answered = desk.Store.Answered;
                var memory = await Pages(desk, new ListContacts { Filter = filter, Sort = sort, Limit = 7 });
                asked += desk.Store.Answered > answered ? 1 : 0;
                several += memory.Count > 7 ? 1 : 0;
                // Whoever asks inside a transaction is answered by PostgreSQL alone.
                var database = await desk.Account.In(async services =>
                {
                    await using var transaction = await services.GetRequiredService<Plura.Platform.PluraDb>().Database.BeginTransactionAsync();
                    return (await services.GetRequiredService<ListContactsHandler>().Handle(new ListContacts { Filter = filter, Sort = sort, Limit = 200 }, default)).Value.Items.Select(c => c.Id).ToList();
                });
                Assert.Equal(database, memory);
            }
        }

        Assert.True(asked > 60 && several > 20, $"{asked} lists were answered from memory, {several} had several pages.");
    }

    [Fact]
    public async Task A_change_of_many_is_counted_from_memory()
    {
        await using var large = await ColumnDesk.Large(app);
        var desk = await ColumnDesk.Filled(large, new Random(3), people: 20);
        var filter = new Condition("fields.member", "is", "true");
        var (expected, answered) = (await desk.BySql(filter), desk.Store.Answered);
        var started = await desk.Account.In(s => s.GetRequiredService<StartBulkActionHandler>().Handle(new StartBulkAction { Do = "tag", Tag = "Member", Filter = filter }, default));
        Assert.Equal(answered + 1, desk.Store.Answered);
        Assert.Equal(expected, await desk.Account.Ask<int>("select total from contacts.bulk_action where id = $1", started.Value.Id));
        Assert.True(expected > 0);
    }

    private static async Task<List<Guid>> Pages(ColumnDesk desk, ListContacts query)
    {
        var people = new List<Guid>();
        for (string? cursor = null; ;)
        {
            var page = (await desk.Account.List(query with { Cursor = cursor })).Value;
            people.AddRange(page.Items.Select(c => c.Id));
            if (page.Next is null)
                return people;
            cursor = page.Next;
        }
    }
}
