using System.Net.Http.Json;
using System.Text.Json;
using Plura.Contacts;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

/// <summary>A list that is opened in the builder and saved again has the same people in it, however it was made.</summary>
public sealed class ListBuilderTests(PluraApp app)
{
    [Fact]
    public async Task Any_filter_means_the_same_people_after_the_builder_read_it()
    {
        var account = await app.NewAccount();
        var random = new Random(20261129);
        var people = await RandomFilters.Crowd(app, account, random, 40);
        var now = app.Clock.GetUtcNow();
        var selective = 0;
        for (var i = 0; i < 1500; i++)
        {
            var filter = RandomFilters.Filter(random, depth: 3);
            var form = ListForm.New(filter);
            Same(people, filter, form.Filter, now);
            // What the builder makes of it can be read again.
            Assert.True(ContactFilter.Read(form.Filter.Json()).Ok, form.Filter.Json());
            var fit = people.Count(p => SlowFilter.Fits(p, filter, now));
            selective += fit > 0 && fit < people.Count ? 1 : 0;
        }

        Assert.True(selective > 300, $"Only {selective} of the random filters said anything.");
    }

    [Fact]
    public async Task Any_list_that_is_opened_and_saved_has_the_same_people_in_it()
    {
        var account = await app.NewAccount();
        var random = new Random(20261130);
        var people = await RandomFilters.Crowd(app, account, random, 25);
        var now = app.Clock.GetUtcNow();
        var id = await List(account, ContactFilter.Everyone);
        await account.SignIn();
        for (var i = 0; i < 80; i++)
        {
            var filter = RandomFilters.Filter(random, depth: 2);
            await Keep(account, id, filter);
            await Saved(await account.Browser.Get(account.Page($"contacts/lists/{id}")));
            Same(people, filter, await Kept(account, id), now);
        }
    }

    [Theory]
    [InlineData("""{"field":"city","op":"is","value":["Bath","Wells"]}""")]
    [InlineData("""{"field":"city","op":"is","value":["Bath",""]}""")]
    [InlineData("""{"field":"city","op":"not_contains","value":["b","w","h"]}""")]
    [InlineData("""{"field":"country","op":"is","value":["DE","us","Brazil"]}""")]
    [InlineData("""{"field":"country","op":"is_not","value":["DE","US"]}""")]
    [InlineData("""{"field":"tag","op":"is","value":["VIP","Lead"]}""")]
    [InlineData("""{"field":"assignee","op":"is","value":["none","0199aaaa-0000-7000-8000-000000000001"]}""")]
    [InlineData("""{"field":"company_id","op":"is","value":["none","0199aaaa-0000-7000-8000-000000000001"]}""")]
    [InlineData("""{"field":"date_of_birth","op":"is","value":["1980-01-02","1980-01-03"]}""")]
    [InlineData("""{"field":"date_of_birth","op":"not_last_days","value":"30"}""")]
    [InlineData("""{"field":"created","op":"after","value":"2026-11-02T08:30:00Z"}""")]
    [InlineData("""{"field":"created","op":"not_last_days","value":"3"}""")]
    [InlineData("""{"field":"fields.size","op":"is","value":["1","2.5"]}""")]
    [InlineData("""{"field":"fields.member","op":"is_not","value":"no"}""")]
    [InlineData("""{"field":"fields.story","op":"contains","value":"one\nLine"}""")]
    [InlineData("""{"field":"activity.note","op":"older_days","value":"3"}""")]
    [InlineData("""{"any":[]}""")]
    [InlineData("""{"any":[{"any":[]},{"not":{"all":[]}}]}""")]
    [InlineData("""{"not":{"any":[]}}""")]
    public async Task What_the_api_can_say_and_the_builder_does_not_offer_stays_as_it_is(string json)
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("size", CustomField.Number), app.Field("member", CustomField.Checkbox), app.Field("story", CustomField.LongText));
        await account.Create("Ann", tags: ["VIP", "Lead"]);
        var filter = ContactFilter.Read(json).Value;
        var id = await List(account, filter);
        await account.SignIn();
        var page = await account.Browser.Get(account.Page($"contacts/lists/{id}"));
        // Once looked at on the way, as a press of any button does.
        await Saved(await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Do"] = "look" }));
        Assert.Equal(Folded(ListForm.New(filter).Filter), Folded(await Kept(account, id)), ignoreCase: true);
    }

    [Fact]
    public async Task A_list_of_nobody_stays_one_of_nobody_and_says_so()
    {
        var account = await app.NewAccount();
        await account.Create("Ann");
        var id = await List(account, new AnyOf([]));
        await account.SignIn();
        Assert.Contains("Nobody", string.Join(' ', (await account.Browser.Get(account.Page("contacts/lists"))).All("td")), StringComparison.Ordinal);
        var page = await account.Browser.Get(account.Page($"contacts/lists/{id}"));
        Assert.Contains("0 contacts are in it", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody fits until there is a condition here.", page.Text, StringComparison.Ordinal);
        // A line in which nothing is chosen changes nothing.
        page = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Do"] = "condition-1" });
        Assert.Contains("0 contacts are in it", page.Text, StringComparison.Ordinal);
        await Saved(page);
        Assert.Empty(await account.Names(await Kept(account, id)));
    }

    [Fact]
    public async Task Several_values_are_typed_one_beside_the_other()
    {
        var account = await app.NewAccount();
        foreach (var (name, city) in new[] { ("Ann", "Bath"), ("Bob", "Wells"), ("Cy", "Hull") })
            await account.TryCreate(new CreateContact { FirstName = name, City = city });
        var id = await List(account, new Condition("city", "is", ["Bath"]));
        await account.SignIn();
        var page = await account.Browser.Get(account.Page($"contacts/lists/{id}"));
        page = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Do"] = "more-1" });
        Assert.Equal(2, page.Document.QuerySelectorAll("[name=value-1]").Length);
        page = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["value-1"] = (string[])["Bath", "Hull"], ["Do"] = "look" });
        Assert.Contains("2 contacts are in it", page.Text, StringComparison.Ordinal);
        await Saved(page);
        Assert.Equal(["Ann", "Cy"], await account.Names(await Kept(account, id)));
    }

    [Fact]
    public async Task A_company_that_is_not_among_the_newest_is_chosen_by_its_name()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", company: "Old Bakery");
        var bakery = (await account.Contact(ann))!.CompanyId!.Value;
        for (var n = 0; n < FilterBook.MostCompanies; n++)
            await account.Api.PostJson("/api/v1/companies", new { name = $"Mill {n}" });
        await account.SignIn();
        var page = await account.Browser.Get(account.Page("contacts/lists/new"));
        page = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["field-2"] = "company_id", ["Do"] = "look" });
        Assert.DoesNotContain("Old Bakery", page.Html, StringComparison.Ordinal);
        var none = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["find-2"] = "Nothing", ["Name"] = "Bakers", ["Do"] = "save" });
        Assert.Contains("You have no company called “Nothing”.", none.Text, StringComparison.Ordinal);
        Assert.Equal("Nothing", none.Find("[name=find-2]").GetAttribute("value"));
        var several = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["find-2"] = "mill", ["Do"] = "look" });
        Assert.Contains("More than one company fits “mill”. Write the whole name.", several.Text, StringComparison.Ordinal);
        page = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["find-2"] = "old bakery", ["Do"] = "look" });
        Assert.Contains("1 contact is in it", page.Text, StringComparison.Ordinal);
        Assert.Equal("Old Bakery", page.Find($"[value='{bakery}']").ParentElement!.TextContent.Trim());
        page = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["find-2"] = "MILL 7", ["Do"] = "look" });
        var list = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "Bakers", ["Do"] = "save" });
        Assert.Equal(["Ann"], list.All("td.main a"));
        Assert.Contains("Company is any of Mill 7 or Old Bakery", (await account.Browser.Get(account.Page("contacts/lists"))).Text, StringComparison.Ordinal);
    }

    private static void Same(IReadOnlyList<ContactView> people, ContactFilter filter, ContactFilter again, DateTimeOffset now)
    {
        var (expected, found) = (people.Where(p => SlowFilter.Fits(p, filter, now)).Select(p => p.Name), people.Where(p => SlowFilter.Fits(p, again, now)).Select(p => p.Name));
        Assert.True(expected.SequenceEqual(found), $"{filter.Json()}\nbecame {again.Json()}");
    }

    private static async Task<Guid> List(TestAccount account, ContactFilter filter) =>
        (await account.Api.PostJson("/api/v1/contacts/lists", new { name = "List", filter = JsonSerializer.Deserialize<JsonElement>(filter.Json()) })).GetProperty("id").GetGuid();

    private static async Task Keep(TestAccount account, Guid id, ContactFilter filter)
    {
        using var answer = await account.Api.Send(HttpMethod.Put, $"/api/v1/contacts/lists/{id}", JsonContent.Create(new { name = "List", filter = JsonSerializer.Deserialize<JsonElement>(filter.Json()) }), follow: false);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<ContactFilter> Kept(TestAccount account, Guid id) =>
        ContactFilter.Read((await account.Api.GetJson($"/api/v1/contacts/lists/{id}")).GetProperty("filter")).Value;

    private static async Task Saved(WebPage page)
    {
        var saved = await page.Submit(".build", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Do"] = "save" });
        Assert.True(saved.Text.Contains("Saved.", StringComparison.Ordinal), saved.Text);
    }

    /// <summary>Values in any order mean the same.</summary>
    private static string Folded(ContactFilter filter) => filter switch
    {
        AllOf all => $"all({string.Join(", ", all.Parts.Select(Folded))})",
        AnyOf any => $"any({string.Join(", ", any.Parts.Select(Folded))})",
        Not not => $"not({Folded(not.Part)})",
        Condition condition => $"{condition.Field} {condition.Op} {string.Join(" | ", condition.Values.Order(StringComparer.OrdinalIgnoreCase))}",
        _ => throw new InvalidOperationException(),
    };
}
