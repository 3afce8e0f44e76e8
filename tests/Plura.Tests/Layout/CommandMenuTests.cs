using Plura.Tests.Campaigns;
using Plura.Tests.Opportunities;

namespace Plura.Tests;

public sealed class CommandMenuTests(PluraApp app)
{
    [Fact]
    public async Task The_menu_offers_pages_and_acts_to_those_who_may()
    {
        var account = await app.NewAccount();
        var owner = await (await account.SignIn()).Get(account.Page("contacts"));
        var all = owner.All("plura-commands [role=option] span").ToList();
        Assert.All((string[])["New contact", "New campaign", "New task", "Tasks", "Dark look"], text => Assert.Contains(text, all));
        Assert.Equal(all.Count, owner.Document.QuerySelectorAll("plura-commands [role=option]").Select(o => o.Id).Distinct(StringComparer.Ordinal).Count());
        var reader = await account.Colleague(app, "read_only");
        var few = (await reader.Browser.Get(account.Page("contacts"))).All("plura-commands [role=option] span").ToList();
        Assert.Contains("Tasks", few);
        Assert.DoesNotContain("New contact", few);
        Assert.DoesNotContain("New campaign", few);
        Assert.NotNull(owner.Document.QuerySelector("#shortcuts dl"));
    }

    [Fact]
    public async Task Contacts_are_found_with_the_addresses_of_their_pages()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Annabel");
        var found = (await (await account.SignIn()).GetJson(account.Page("find?q=annab"))).EnumerateArray().ToList();
        Assert.Equal(("Annabel", account.Page($"contacts/{ann}")), (found[0].GetProperty("text").GetString(), found[0].GetProperty("href").GetString()));
        Assert.Empty((await account.Browser.GetJson(account.Page("find?q=zzzz"))).EnumerateArray());
    }

    [Fact]
    public async Task Companies_smart_lists_and_opportunities_are_found_too_and_not_where_a_contact_is_chosen()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        await account.Api.PostJson("/api/v1/companies", new { name = "Crownstone Ltd" });
        await account.Api.PostJson("/api/v1/contacts/lists", new { name = "Crowned heads", filter = new { all = Array.Empty<object>() } });
        await account.Pipeline();
        await account.Api.PostJson("/api/v1/opportunities", new { name = "A new crown", contact = ann });
        var browser = await account.SignIn();
        var found = (await browser.GetJson(account.Page("find?q=crown&all=true"))).EnumerateArray().Select(f => (f.GetProperty("text").GetString(), f.GetProperty("note").GetString())).ToList();
        Assert.Equal([("Crownstone Ltd", "Company"), ("Crowned heads", "Smart list"), ("A new crown", "Opportunity, open")], found);
        foreach (var thing in (await browser.GetJson(account.Page("find?q=crown&all=true"))).EnumerateArray())
            Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.Get(thing.GetProperty("href").GetString()!)).Status);
        Assert.Empty((await browser.GetJson(account.Page("find?q=crown"))).EnumerateArray());
    }
}
