using System.Net;

namespace Plura.Tests;

public sealed class SwitcherTests(PluraApp app)
{
    [Fact]
    public async Task The_menu_holds_the_persons_places_and_marks_the_one_they_are_in()
    {
        var house = await AgencyHouse.Open(app);
        var desk = await house.Desk.Get(house.At(""));
        Assert.Equal([$"/a/{house.DeskSlug}", $"/g/{house.DeskSlug}"], Links(desk));
        Assert.Equal($"/g/{house.DeskSlug}", desk.Find(".shell-side .menu-places a[aria-current]").GetAttribute("href"));
        Assert.Null(desk.Document.QuerySelector("[data-narrow]"));
        Assert.Equal(HttpStatusCode.OK, (await house.Desk.Get(Links(desk)[0])).Status);
        // The shop's owner has an agency of their own from signing up; the desk's is not theirs.
        Assert.DoesNotContain($"/g/{house.DeskSlug}", Links(await house.Owner.Get($"/a/{house.Shop.Slug}")));
    }

    [Fact]
    public async Task With_many_places_a_field_narrows_the_list()
    {
        var account = await app.NewAccount();
        await app.Do("""
            with made as (
                insert into accounts.account (id, agency_id, slug, name, country, time_zone, sender_name, sender_email, created_at)
                select gen_random_uuid(), (select agency_id from accounts.account where id = $1), $2 || '-' || n, 'Branch ' || n, 'US', 'Etc/UTC', 'x', 'x@example.com', now() from generate_series(1, 9) n
                returning id)
            insert into accounts.membership (account_id, user_id, role, since) select id, $3, 'owner', now() from made
            """, account.Id, account.Slug, account.OwnerId);
        var page = await (await account.SignIn()).Get($"/a/{account.Slug}");
        Assert.NotNull(page.Document.QuerySelector(".shell-side .menu-places [data-narrow]"));
        Assert.Equal(11, Links(page).Count);
    }

    [Fact]
    public async Task The_page_of_all_lists_accounts_and_agencies_and_opens_another_account()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        Assert.Equal($"/a/{account.Slug}", browser.Url.AbsolutePath);
        var all = await browser.Get("/accounts?all=true");
        Assert.Contains("Your agencies", all.Text, StringComparison.Ordinal);
        Assert.Equal($"/g/{account.Slug}/accounts/new", (await all.Click("New account")).Url.AbsolutePath);
    }

    [Fact]
    public async Task A_paused_account_says_so_in_the_list()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        await app.Do("update accounts.account set suspended_at = now() where id = $1", account.Id);
        Assert.Contains("Paused", (await browser.Get("/accounts?all=true")).Text, StringComparison.Ordinal);
    }

    private static List<string> Links(WebPage page) => [.. page.Document.QuerySelectorAll(".shell-side .menu-places a[data-narrowed]").Select(a => a.GetAttribute("href")!)];
}
