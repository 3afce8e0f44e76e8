using System.Net;
using Plura.Tests.Campaigns;

namespace Plura.Tests;

public sealed class AgencyDeskTests(PluraApp app)
{
    [Fact]
    public async Task The_desk_lists_the_agencys_accounts_and_nothing_of_what_is_in_them()
    {
        var house = await AgencyHouse.Open(app);
        await house.Shop.Person("Quirinus");
        var desk = await house.Desk.Get(house.At(""));
        Assert.Equal(["Corner Bakery", "Sunrise Agency"], desk.All("td.main").Order(StringComparer.Ordinal));
        var detail = await desk.Click("Corner Bakery");
        var facts = detail.All("dl.facts dt").Zip(detail.All("dl.facts dd")).ToDictionary(f => f.First, f => f.Second, StringComparer.Ordinal);
        Assert.Equal(("1", "1"), (facts["People"], facts["Contacts"]));
        foreach (var page in (WebPage[])[desk, detail])
            Assert.DoesNotContain("quirinus", page.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_finds_by_name_and_by_state()
    {
        var house = await AgencyHouse.Open(app);
        Assert.Equal(["Corner Bakery"], (await house.Desk.Get(house.At("") + "?q=corner")).All("td.main"));
        Assert.Contains("No account fits", (await house.Desk.Get(house.At("") + "?q=100%25")).Text, StringComparison.Ordinal);
        Assert.Contains("No account fits", (await house.Desk.Get(house.At("") + "?state=paused")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_is_read_page_by_page()
    {
        var house = await AgencyHouse.Open(app);
        await app.Do("""
            insert into accounts.account (id, agency_id, slug, name, country, time_zone, sender_name, sender_email, created_at)
            select gen_random_uuid(), $1, $2 || '-' || n, 'Branch ' || to_char(n, 'FM000'), 'US', 'Etc/UTC', 'x', 'x@example.com', now() from generate_series(1, 60) n
            """, await house.AgencyId(), house.DeskSlug);
        var first = await house.Desk.Get(house.At(""));
        var second = await first.Click("Next");
        var names = first.All("td.main").Concat(second.All("td.main")).ToList();
        Assert.Equal(62, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Null(second.Document.QuerySelector("a[rel='next']"));
    }

    [Fact]
    public async Task Another_agencys_desk_and_accounts_do_not_exist()
    {
        var (house, other) = (await AgencyHouse.Open(app), await AgencyHouse.Open(app));
        foreach (var path in (string[])["", "accounts/new", "support", "brand", $"accounts/{house.Shop.Id}"])
            Assert.Equal(HttpStatusCode.NotFound, (await other.Desk.Get(house.At(path))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Desk.Get(other.At($"accounts/{house.Shop.Id}"))).Status);
        // Owning an account of the agency opens no desk.
        Assert.Equal(HttpStatusCode.NotFound, (await house.Owner.Get(house.At(""))).Status);
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in()
    {
        var house = await AgencyHouse.Open(app);
        Assert.Equal("/sign-in", (await app.NewBrowser().Get(house.At(""))).Url.AbsolutePath);
    }
}
