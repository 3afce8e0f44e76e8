using Plura.Accounts.Data;

namespace Plura.Tests;

/// <summary>An agency closes what it opened and nobody took; what somebody owns is theirs to close.</summary>
public sealed class CloseUntakenTests(PluraApp app)
{
    [Fact]
    public async Task Closed_it_can_be_taken_over_by_nobody_until_it_is_opened_again()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        var (account, page) = await Opened(own, house);
        Assert.Contains("That is not this account's name. Type “Gym Uptown”.", (await page.Submit("input[name='Closing.Name']", new { Name = "Gym" })).Text, StringComparison.Ordinal);
        var closed = await page.Submit("input[name='Closing.Name']", new { Name = "Gym Uptown" });
        Assert.Contains("You closed this account", closed.Text, StringComparison.Ordinal);
        Assert.False(await Waits(own, account));
        var reopened = await closed.Submit("[name=_handler][value=reopen-account]", new { });
        Assert.Contains("The account is open again.", reopened.Text, StringComparison.Ordinal);
        Assert.True(await Waits(own, account));
        foreach (var act in (string[])["agency.close_account", "agency.reopen_account"])
        {
            Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = $1 and about = $2", act, account));
            await using var inside = await own.OpenApp(account);
            Assert.Equal(1, await inside.Ask<long>("select count(*) from privacy.audit_entry where act = $1", act));
        }
    }

    [Fact]
    public async Task What_nobody_took_is_deleted_when_the_thirty_days_are_over()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        var (account, page) = await Opened(own, house);
        await page.Submit("input[name='Closing.Name']", new { Name = "Gym Uptown" });
        Assert.Equal(AccountClosure.Grace, await own.Ask<TimeSpan>("select purge_at - closed_at from accounts.account_closure where account_id = $1", account));
    }

    [Fact]
    public async Task An_account_with_people_is_closed_by_its_owner_alone()
    {
        var house = await AgencyHouse.Open(app);
        var page = await house.Desk.Get(house.At($"accounts/{house.Shop.Id}"));
        Assert.Null(page.Document.QuerySelector("input[name='Closing.Name']"));
        Assert.Contains("Closing it is its owner's", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_opened_the_page_before_the_owner_came_is_refused()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        var (account, page) = await Opened(own, house);
        var owner = await own.NewUser("Ada Owner");
        await own.Do("insert into accounts.membership (account_id, user_id, role, since, sight) values ($1, $2, 'owner', $3, 'all')", account, owner.Id, own.Clock.GetUtcNow());
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await page.Submit("input[name='Closing.Name']", new { Name = "Gym Uptown" })).Status);
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.account_closure where account_id = $1", account));
    }

    private static async Task<(Guid Account, WebPage Page)> Opened(PluraApp own, AgencyHouse house)
    {
        await (await house.Desk.Get(house.At("accounts/new"))).Submit("input[name='Command.Name']", new { Name = "Gym Uptown", Country = "US", TimeZone = "America/New_York", OwnerEmail = "ada@people.example" });
        var account = await own.Ask<Guid>("select id from accounts.account where name = 'Gym Uptown'");
        return (account, await house.Desk.Get(house.At($"accounts/{account}")));
    }

    /// <summary>What the page behind the letter's link asks before it lets anybody in.</summary>
    private static Task<bool> Waits(PluraApp own, Guid account) => own.Ask<bool>("select readable_until is null from accounts.account where id = $1", account);
}
