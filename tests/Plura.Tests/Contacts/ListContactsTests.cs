using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Platform;

namespace Plura.Tests.Contacts;

public sealed class ListContactsTests(PluraApp app)
{
    [Theory]
    [InlineData("newest")]
    [InlineData("name")]
    [InlineData("changed")]
    public async Task Paging_visits_each_contact_once_while_others_arrive(string sort)
    {
        var account = await app.NewAccount();
        var there = new HashSet<Guid>();
        for (var i = 0; i < 23; i++)
            there.Add(await account.Create($"Same name {i % 3}", email: $"p{i}@example.com"));

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await account.List(new ListContacts { Sort = sort, Limit = 5, Cursor = cursor })).Value;
            seen.AddRange(page.Items.Select(c => c.Id));
            cursor = page.Next;
            await account.Create($"Same name {seen.Count % 3}", email: $"new{seen.Count}@example.com");
        }
        while (cursor is not null);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Superset(there, seen.ToHashSet());
    }

    [Fact]
    public async Task Going_back_shows_the_page_that_was_before()
    {
        var account = await app.NewAccount();
        for (var i = 0; i < 12; i++)
            await account.Create($"Person {i:00}");
        var first = (await account.List(new ListContacts { Sort = "name", Limit = 5 })).Value;
        var second = (await account.List(new ListContacts { Sort = "name", Limit = 5, Cursor = first.Next })).Value;
        var third = (await account.List(new ListContacts { Sort = "name", Limit = 5, Cursor = second.Next })).Value;
        Assert.Null(first.Previous);
        Assert.Null(third.Next);
        Assert.Equal(["Person 10", "Person 11"], third.Items.Select(c => c.Name));

        var back = (await account.List(new ListContacts { Sort = "name", Limit = 5, Cursor = third.Previous })).Value;
        Assert.Equal(second.Items.Select(c => c.Id), back.Items.Select(c => c.Id));
        var start = (await account.List(new ListContacts { Sort = "name", Limit = 5, Cursor = back.Previous })).Value;
        Assert.Equal(first.Items.Select(c => c.Id), start.Items.Select(c => c.Id));
        Assert.Null(start.Previous);
        Assert.NotNull(start.Next);
    }

    [Theory]
    [InlineData("müller", 1)]
    [InlineData("MULLER", 1)]
    [InlineData("jörg mull", 1)]
    [InlineData("mull jorg", 1)]
    [InlineData("joerg@exam", 1)]
    [InlineData("55501", 1)]
    [InlineData("dach", 1)]
    [InlineData("%", 2)]
    [InlineData("m", 2)]
    [InlineData("100%", 1)]
    [InlineData("100_", 0)]
    [InlineData("\\\\", 0)]
    [InlineData("';--", 0)]
    public async Task The_search_looks_at_names_addresses_and_company_without_accents(string words, int found)
    {
        var account = await app.NewAccount();
        await account.Create("Jörg", "Müller", "joerg@example.com", "+14155550123", "Dach & Söhne");
        await account.Create("Ann", "Baker", "ann@other.test", company: "100% Bakery");
        Assert.Equal(found, (await account.List(new ListContacts { Text = words })).Value.Items.Count);
        // Who is not met among the next of the list is found by the index, by the same letters.
        if (await account.In(s => s.GetRequiredService<ListContactsHandler>().Search(words, cap: null, default)) is { } ids)
            Assert.Equal(found, ids.Length);
    }

    [Theory]
    [InlineData("030 123 45-67", 1)]
    [InlineData("(030) 1234567", 1)]
    [InlineData("0049 30 1234567", 1)]
    [InlineData("+49 30 123", 1)]
    [InlineData("030 999 4567", 0)]
    [InlineData("gross", 1)]
    [InlineData("GROẞ", 1)]
    [InlineData("soren", 1)]
    [InlineData("lodz", 1)]
    public async Task The_search_finds_what_people_type_at_home(string words, int found)
    {
        var account = await app.NewAccount();
        await account.Create("Søren", "Groß", "soren@example.com", "+49 30 1234567", "Łódź GmbH");
        await account.Create("Ann", "Baker", "ann@other.test", "+49 40 7654321");
        Assert.Equal(found, (await account.List(new ListContacts { Text = words })).Value.Items.Count);
        Assert.Equal(found, (await account.Names(new Condition("text", "contains", words))).Count);
    }

    [Fact]
    public async Task The_search_stays_in_its_account()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        await other.Create("Ulysses");
        Assert.Empty((await mine.List(new ListContacts { Text = "ulysses" })).Value.Items);
        await using var open = await app.OpenApp();
        Assert.Equal(0, await open.Ask<long>("select count(*) from contacts.search_contact(array['ulysses'], 1000)"));
    }

    [Fact]
    public async Task The_search_uses_its_index_whatever_row_security_says()
    {
        var account = await app.NewAccount();
        await account.In(async s =>
        {
            await using var command = await ListContactsHandler.Command(s.GetRequiredService<PluraDb>(), CancellationToken.None);
            command.CommandText = "select count(*) from pg_proc p join pg_roles r on r.oid = p.proowner where p.proname = 'search_contact' and p.prosecdef and r.rolbypassrls and p.proconfig @> array['search_path=pg_catalog, pg_temp']";
            Assert.Equal(1L, await command.ExecuteScalarAsync());
        });
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("bmV3ZXN0fG58eHx5")]
    [InlineData("AAAA////")]
    public async Task A_cursor_that_is_not_ours_is_refused(string cursor)
    {
        var account = await app.NewAccount();
        Assert.Equal("cursor.invalid", (await account.List(new ListContacts { Cursor = cursor })).Refusal?.Code);
    }

    [Fact]
    public async Task Sorting_and_size_are_checked()
    {
        var account = await app.NewAccount();
        Assert.Equal(RefusalKind.Invalid, (await account.List(new ListContacts { Sort = "id; drop table" })).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await account.List(new ListContacts { Limit = 100000 })).Refusal?.Kind);
    }
}
