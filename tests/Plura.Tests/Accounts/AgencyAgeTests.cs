using Plura.Accounts;

namespace Plura.Tests;

public sealed class AgencyAgeTests(PluraApp app)
{
    [Fact]
    public async Task A_young_agency_opens_a_few_accounts_a_day_and_those_that_follow_fast_are_looked_at()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        // The two it has are of another day.
        own.Clock.Advance(TimeSpan.FromDays(2));
        var desk = await own.SignedIn($"owner@{house.DeskSlug}.example");
        for (var n = 1; n <= AgencyAge.AccountsADay; n++)
            Assert.Contains("We have written to its owner.", (await Open(house, desk, n)).Text, StringComparison.Ordinal);
        var refused = await Open(house, desk, 6);
        Assert.Contains("In its first month an agency opens at most 5 accounts a day.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Gym 6", refused.Find("input[name='Command.Name']").GetAttribute("value"));
        await own.Work();
        Assert.Equal("Gym 4, Gym 5", await own.Ask<string>("select string_agg(a.name, ', ' order by a.name) from accounts.misuse_signal s join accounts.account a on a.id = s.account_id where s.code = 'accounts_agency'"));

        own.Clock.Advance(TimeSpan.FromHours(25));
        desk = await own.SignedIn($"owner@{house.DeskSlug}.example");
        Assert.Contains("We have written to its owner.", (await Open(house, desk, 6)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_one_account_of_a_young_agency_is_held_it_opens_no_other()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        await own.Do("update accounts.account set held_at = $1 where id = $2", own.Clock.GetUtcNow(), house.Shop.Id);
        Assert.Contains("Until that is settled you can open no other", (await Open(house, house.Desk, 1)).Text, StringComparison.Ordinal);
        await own.Do("update accounts.agency set created_at = created_at - interval '31 days'");
        Assert.Contains("We have written to its owner.", (await Open(house, house.Desk, 1)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_with_a_throw_away_mailbox_is_a_sign()
    {
        await using var own = await app.Another("--Accounts:DisposableDomains=gone.example");
        var house = await AgencyHouse.Open(own);
        await Open(house, house.Desk, 1, "somebody@gone.example");
        await own.Work();
        Assert.Equal(1L, await own.Ask<long>("select count(*) from accounts.misuse_signal where code = 'disposable_domain'"));
    }

    private static async Task<WebPage> Open(AgencyHouse house, Browser desk, int number, string? owner = null) =>
        await (await desk.Get(house.At("accounts/new"))).Submit("input[name='Command.Name']", new { Name = $"Gym {number}", Country = "US", TimeZone = "America/New_York", OwnerEmail = owner ?? $"owner{number}@people.example" });
}
