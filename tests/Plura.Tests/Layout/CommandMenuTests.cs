using Plura.Tests.Campaigns;

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
}
