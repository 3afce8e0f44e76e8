using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

public sealed class OfferAccountTests(PluraApp app)
{
    [Fact]
    public async Task Whoever_takes_the_account_first_ends_every_other_offer_of_it()
    {
        var house = await AgencyHouse.Open(app);
        var account = await Opened(house, $"ada@{house.DeskSlug}.example");
        var (client, insider) = (await app.NewUser("Carl Client"), await app.NewUser("Ina Insider"));
        // As two that were asked for at once had left them.
        var (first, second) = (await Offer(account, client.Email, house.DeskPerson), await Offer(account, insider.Email, house.DeskPerson));
        var page = await insider.Browser.Get(second);
        Assert.Contains("Gym Uptown is yours", page.Text, StringComparison.Ordinal);
        await (await client.Browser.Get(first)).Submit("main form", new { AcceptProcessing = true });
        await page.Submit("main form", new { AcceptProcessing = true });
        Assert.Contains("withdrawn", (await insider.Browser.Get(second)).Text, StringComparison.Ordinal);
        Assert.Equal(client.Id, await app.Ask<Guid>("select user_id from accounts.membership where account_id = $1", account));
        Assert.Equal(1L, await app.Ask<long>("select count(*) from accounts.membership where account_id = $1", account));
    }

    [Fact]
    public async Task An_offer_that_is_left_over_takes_nothing_from_an_account_that_has_an_owner()
    {
        var house = await AgencyHouse.Open(app);
        var account = await Opened(house, $"ada@{house.DeskSlug}.example");
        var (client, insider) = (await app.NewUser("Carl Client"), await app.NewUser("Ina Insider"));
        await (await client.Browser.Get(await Offer(account, client.Email, house.DeskPerson))).Submit("main form", new { AcceptProcessing = true });
        var late = await insider.Browser.Get(await Offer(account, insider.Email, house.DeskPerson));
        Assert.Contains("no longer good", (await late.Submit("main form", new { })).Text, StringComparison.Ordinal);
        Assert.Equal(1L, await app.Ask<long>("select count(*) from accounts.membership where account_id = $1", account));
    }

    [Fact]
    public async Task Of_letters_that_are_asked_for_at_once_one_goes_out_and_one_offer_is_open()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        await Open(house, $"ada@{house.DeskSlug}.example");
        var account = await own.Ask<Guid>("select id from accounts.account where name = 'Gym Uptown'");
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        var pages = new List<WebPage>();
        for (var n = 0; n < 6; n++)
            pages.Add(await house.Desk.Get(house.At($"accounts/{account}")));
        var said = await Task.WhenAll(pages.Select((page, n) => page.Submit("[name='Owner.OwnerEmail']", new { OwnerEmail = $"owner{n}@people.example" })));
        Assert.Equal(1L, await own.Ask<long>("select count(*) from accounts.invitation where account_id = $1 and taken_at is null and withdrawn_at is null", account));
        Assert.Equal(2L, await own.Ask<long>("select count(*) from accounts.invitation where account_id = $1", account));
        Assert.Equal(5, said.Count(p => p.Text.Contains("a moment ago", StringComparison.Ordinal)));
        Assert.Equal(1L, await own.Ask<long>("select count(*) from privacy.audit_entry where act = 'agency.offer_account' and tenant_id = $1", account));
    }

    [Fact]
    public async Task An_offer_falls_when_its_maker_leaves_the_desk()
    {
        var house = await AgencyHouse.Open(app);
        var account = await Opened(house, $"ada@{house.DeskSlug}.example");
        var (client, helper) = (await app.NewUser("Carl Client"), await app.NewUser("Hal Helper"));
        var link = await Offer(account, client.Email, helper.Id);
        Assert.Contains("no longer good", (await (await client.Browser.Get(link)).Submit("main form", new { AcceptProcessing = true })).Text, StringComparison.Ordinal);
    }

    private async Task<Guid> Opened(AgencyHouse house, string owner)
    {
        await Open(house, owner);
        return await app.Ask<Guid>("select id from accounts.account where agency_id = $1 and name = 'Gym Uptown'", await house.AgencyId());
    }

    private static async Task Open(AgencyHouse house, string owner)
    {
        var page = await (await house.Desk.Get(house.At("accounts/new"))).Submit("input[name='Command.Name']", new { Name = "Gym Uptown", Country = "US", TimeZone = "America/New_York", OwnerEmail = owner });
        Assert.Contains("We have written to its owner.", page.Text, StringComparison.Ordinal);
    }

    private Task<string> Offer(Guid account, string email, Guid by) => app.In(null, async services =>
    {
        var links = services.GetRequiredService<InvitationLinks>();
        var invitation = Invitation.To(account, email, Membership.Owner, roleId: null, Sights.All, [], by, app.Clock.GetUtcNow());
        invitation.Send(links.Hash, app.Clock.GetUtcNow());
        services.GetRequiredService<PluraDb>().Add(invitation);
        await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        return new Uri(links.Address(invitation)).AbsolutePath;
    });
}
