using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Contacts;

public sealed class SmartListTests(PluraApp app)
{
    [Fact]
    public async Task A_list_is_built_line_by_line_counted_and_shown_with_its_own_columns()
    {
        var account = await app.NewAccount();
        await account.TryCreate(new CreateContact { FirstName = "Ann", City = "Bath", Tags = ["VIP"] });
        await account.TryCreate(new CreateContact { FirstName = "Bob", City = "Wells", Tags = ["VIP"] });
        await account.TryCreate(new CreateContact { FirstName = "Cy", City = "Bath" });
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page("contacts/lists/new"));
        Assert.Contains("3 contacts are in it", page.Text, StringComparison.Ordinal);
        page = await Press(page, "look", ("field", 2, "tag"));
        page = await Press(page, "look", ("value", 2, "VIP"));
        Assert.Contains("2 contacts are in it", page.Text, StringComparison.Ordinal);
        page = await Press(page, "condition-1");
        page = await Press(page, "look", ("field", 3, "city"));
        // What was chosen before is still there after each round.
        Assert.NotNull(page.Document.QuerySelector("[name=value-2][value=VIP][checked]"));
        page = await Press(page, "look", ("value", 3, "bath"));
        Assert.Contains("1 contact is in it", page.Text, StringComparison.Ordinal);
        foreach (var column in (string[])["phone", "tags", "permission", "assignee", "added"])
            page = await Press(page, $"drop-{column}");
        page = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Column"] = "city", ["Do"] = "column" });
        page = await Press(page, "up-city");
        var list = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "Bath’s best", ["Do"] = "save" });
        Assert.Equal(["Ann"], list.All("td.main"));
        Assert.Equal(["City", "E-mail"], list.All("th").Skip(2));
        Assert.Contains("The list is made", list.Text, StringComparison.Ordinal);

        var all = await browser.Get(account.Page("contacts/lists"));
        Assert.Contains("Tag is any of VIP; City contains bath", all.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_in_a_group_says_or_and_a_line_that_says_nothing_is_refused_where_it_stands()
    {
        var account = await app.NewAccount();
        await account.TryCreate(new CreateContact { FirstName = "Ann", City = "Bath" });
        await account.TryCreate(new CreateContact { FirstName = "Bob", City = "Wells" });
        await account.TryCreate(new CreateContact { FirstName = "Cy", City = "Hull" });
        await account.SignIn();
        var page = await account.Browser.Get(account.Page("contacts/lists/new"));
        page = await Press(page, "remove-2");
        page = await Press(page, "group-1");
        var group = page.Document.QuerySelectorAll("[name=node]").Select(n => n.GetAttribute("value")!.Split(':')).Single(n => n[2] == "group" && n[1] == "1")[0];
        page = await Press(page, $"condition-{group}");
        var lines = page.Document.QuerySelectorAll("[name=node]").Select(n => n.GetAttribute("value")!.Split(':')).Where(n => n[2] == "line").Select(n => int.Parse(n[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        page = await Press(page, "look", ("field", lines[0], "city"), ("field", lines[1], "city"));
        page = await Press(page, "look", ("value", lines[0], "Bath"));
        var refused = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "Either", ["Do"] = "save" });
        Assert.Contains("The condition on “city” has no value.", refused.Document.QuerySelectorAll(".build-line")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("Bath", refused.Find($"[name=value-{lines[0]}]").GetAttribute("value"));
        page = await Press(refused, "look", ("value", lines[1], "Wells"));
        Assert.Contains("2 contacts are in it", page.Text, StringComparison.Ordinal);
        var made = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "Either", ["Do"] = "save" });
        Assert.Equal(["Bob", "Ann"], made.All("td.main"));
    }

    [Fact]
    public async Task Lists_ask_what_happened_in_other_modules()
    {
        var account = await app.NewAccount();
        var (ann, bob) = (await account.Person("Ann"), await account.Person("Bob"));
        await account.Person("Cleo", consent: false);
        var campaign = await account.Letter();
        await account.Send(campaign);
        await account.Settle(app);
        (await account.Api.Post($"/api/v1/contacts/{bob}/notes", new { text = "Likes tea" })).Dispose();
        await app.Do("update messaging.send set opened_at = $1 where contact_id = $2", app.Clock.GetUtcNow().AddDays(-3), ann);

        Assert.Equal(["Ann", "Bob"], await Find(account, "activity.sent", "last_days", "1"));
        Assert.Equal(["Cleo"], await Find(account, "activity.withheld", "not_empty"));
        Assert.Equal(["Ann"], await Find(account, "activity.opened", "last_days", "7"));
        Assert.Empty(await Find(account, "activity.opened", "last_days", "2"));
        Assert.Equal(["Bob", "Cleo"], await Find(account, "activity.opened", "not_last_days", "7"));
        Assert.Equal(["Ann"], await Find(account, "activity.opened", "is", campaign.ToString()));
        Assert.Equal(["Bob", "Cleo"], await Find(account, "activity.opened", "is_not", campaign.ToString()));
        Assert.Empty(await Find(account, "activity.sent", "times", "2", "30"));
        Assert.Equal(["Ann", "Bob"], await Find(account, "activity.sent", "times", "1", "30"));
        Assert.Equal(["Bob"], await Find(account, "activity.note", "not_empty"));
        Assert.Equal(["Ann", "Cleo"], await Find(account, "activity.note", "empty"));
        Assert.Equal("“activity.sent” cannot be asked with “contains”.", (await account.List(new ListContacts { Filter = new Condition("activity.sent", "contains", "x") })).Refusal?.Text);

        // The same list is an audience.
        var list = (await account.Api.PostJson("/api/v1/contacts/lists", new { name = "Openers", filter = new { field = "activity.opened", op = "last_days", value = 7 } })).GetProperty("id").GetGuid();
        var again = await account.Letter(new { smartList = list }, "Thank you");
        await account.Send(again);
        await account.Settle(app);
        Assert.Equal(1, (await account.Campaign(again)).Count("accepted"));
    }

    [Fact]
    public async Task A_list_of_ones_own_is_nobody_elses_and_two_who_change_one_do_not_overwrite_each_other()
    {
        var account = await app.NewAccount();
        var dora = await account.Colleague(app, name: "Dora Deputy");
        await account.SignIn();
        var mine = await (await account.Browser.Get(account.Page("contacts/lists/new"))).Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "Mine", ["OnlyMine"] = "true", ["Do"] = "save" });
        var id = mine.Url.Query.Split('=')[1];
        Assert.Contains("Mine", (await account.Browser.Get(account.Page("contacts/lists"))).Text, StringComparison.Ordinal);
        var hers = dora.Browser;
        Assert.DoesNotContain("Mine", string.Join(' ', (await hers.Get(account.Page("contacts/lists"))).All("td.main")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hers.Get(account.Page($"contacts/lists/{id}"))).Status);
        Assert.Contains("This smart list does not exist any more.", (await hers.Get(account.Page($"contacts?list={id}"))).Text, StringComparison.Ordinal);

        var first = await account.Browser.Get(account.Page($"contacts/lists/{id}"));
        var second = await account.Browser.Get(account.Page($"contacts/lists/{id}"));
        await first.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "First", ["Do"] = "save" });
        var refused = await second.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "Second", ["Do"] = "save" });
        Assert.Contains("Somebody changed this list while you had it open.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Second", refused.Find("[name=Name]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_deleted_list_comes_back_by_undo_or_is_forgotten()
    {
        // A month goes by: on a clock of its own.
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var list = (await account.Api.PostJson("/api/v1/contacts/lists", new { name = "Everyone", columns = new[] { "city" }, sort = "name" })).GetProperty("id").GetGuid();
        await account.SignIn();
        var gone = await (await account.Browser.Get(account.Page($"contacts/lists/{list}"))).Submit("#delete-list form", new { });
        Assert.Contains("The list was deleted.", gone.Text, StringComparison.Ordinal);
        // The name is free meanwhile, and then in the way.
        var other = (await account.Api.PostJson("/api/v1/contacts/lists", new { name = "everyone" })).GetProperty("id").GetGuid();
        await account.Refused($"/api/v1/contacts/lists/{list}/restore", new { }, HttpStatusCode.Conflict);
        (await account.Api.Delete($"/api/v1/contacts/lists/{other}")).Dispose();
        var back = await gone.Submit("form[action$='/restore']", new { });
        Assert.Contains("Everyone", string.Join(' ', back.All("td.main")), StringComparison.Ordinal);
        var kept = await account.Api.GetJson($"/api/v1/contacts/lists/{list}");
        Assert.Equal(("name", "city"), (kept.GetProperty("sort").GetString(), kept.GetProperty("columns")[0].GetString()));
        Assert.Equal(1, (await account.Api.GetJson("/api/v1/contacts/lists")).GetProperty("items").GetArrayLength());

        own.Clock.Advance(TimeSpan.FromDays(31));
        await account.Work();
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.smart_list"));
    }

    [Theory]
    [InlineData("""{"columns":["shoe"]}""", "There is no column called “shoe”.")]
    [InlineData("""{"columns":["city","city"]}""", "A column stands in a list once.")]
    [InlineData("""{"sort":"luck"}""", "Contacts can be sorted by “name”, “newest” or “changed”.")]
    [InlineData("""{"filter":{"field":"city","op":"soon","value":"x"}}""", "“city” cannot be asked with “soon”.")]
    public async Task What_makes_no_list_is_refused_with_a_sentence(string body, string sentence)
    {
        var account = await app.NewAccount();
        var given = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body)!;
        var answer = await account.Refused("/api/v1/contacts/lists", given.ToDictionary(g => g.Key, g => (object)g.Value).Append(new("name", "List")).ToDictionary(g => g.Key, g => g.Value), HttpStatusCode.UnprocessableEntity);
        Assert.Contains(sentence, answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_filter_comes_back_from_the_builder_as_it_was()
    {
        var random = new Random(20261129);
        for (var i = 0; i < 500; i++)
        {
            var filter = RandomFilters.Filter(random, depth: 3);
            var (number, again) = (0, 0);
            var lines = BuilderNode.Of(filter, ref number).Filter();
            Assert.Equal(Plain(filter), Plain(lines!));
            Assert.Equal(Plain(filter), Plain(BuilderNode.Of(lines!, ref again).Filter()!));
        }
    }

    [Fact]
    public async Task Whatever_the_builder_offers_is_understood()
    {
        var account = await app.NewAccount();
        await account.Create("Ann", tags: "VIP");
        await account.Letter();
        await account.Fields([.. FieldKinds.All.Select(k => app.Field(k.Kind, k.Kind, FieldKinds.HasOptions(k.Kind) ? "One\nTwo" : "").For(CustomField.OnContacts, k.Kind == CustomField.Money ? "USD" : ""))]);
        await account.In(async services =>
        {
            var (fields, filters) = (await services.GetRequiredService<FilterBook>().All(default), services.GetRequiredService<Filters>());
            Assert.True(fields.Count > 35, $"Only {fields.Count} fields are offered.");
            foreach (var (field, op) in fields.SelectMany(f => f.Ops.Select(op => (f, op))))
            {
                // Written and asked: both we and PostgreSQL understand it.
                var count = await filters.Count(new Condition(field.Word, op.Op, Sample(field, op)), default);
                Assert.True(count.Ok, $"{field.Word} {op.Op}: {count.Refusal?.Text}");
            }
        });
    }

    /// <summary>A filter without the ways in which one thing can be said twice: "not is" and "is not", not any of one thing and not the thing, twice not and the thing.</summary>
    private static string Plain(ContactFilter filter) => filter switch
    {
        AllOf all => $"all[{string.Join(',', all.Parts.Select(Plain))}]",
        AnyOf any => $"any[{string.Join(',', any.Parts.Select(Plain))}]",
        Not { Part: Condition inner } when FilterWriter.Opposites.FirstOrDefault(o => o.Value == inner.Op).Key is { } op => Plain(inner with { Op = op }),
        Not { Part: Condition inner } when FilterWriter.Opposites.TryGetValue(inner.Op, out var op) => Plain(inner with { Op = op }),
        Not { Part: AnyOf { Parts: [var only] } } => Plain(new Not(only)),
        Not { Part: Not { Part: var twice } } => Plain(twice),
        Not not => $"not({Plain(not.Part)})",
        Condition condition => condition.Json(),
        _ => throw new InvalidOperationException(),
    };

    private static string[] Sample(FilterField field, FilterOp op) => op.Input switch
    {
        FilterInput.Nothing => [],
        FilterInput.Date => ["2026-01-02"],
        FilterInput.Dates => ["2026-01-02", "2026-02-03"],
        FilterInput.Numbers or FilterInput.Times => ["3", "30"],
        FilterInput.Days or FilterInput.Number => ["30"],
        FilterInput.Choices => [field.Choices.Select(c => c.Value).FirstOrDefault(v => v != "me") ?? "none"],
        _ => [field.Word switch { "email" or "fields.email" => "ann@example.com", "phone" or "fields.phone" => "(415) 555-0100", "fields.url" => "https://example.com", _ => "x" }],
    };

    private static async Task<IEnumerable<string>> Find(TestAccount account, string field, string op, params string[] values)
    {
        var page = await account.List(new ListContacts { Filter = new Condition(field, op, values), Sort = "name", Limit = 50 });
        Assert.True(page.Ok, page.Refusal?.Text);
        return page.Value.Items.Select(c => c.Name);
    }

    private static Task<WebPage> Press(WebPage page, string act, params (string Part, int Line, string Value)[] set)
    {
        var fields = set.ToDictionary(s => $"{s.Part}-{s.Line}", s => (object?)s.Value, StringComparer.Ordinal);
        fields["Do"] = act;
        return page.Submit(".build", fields);
    }
}
