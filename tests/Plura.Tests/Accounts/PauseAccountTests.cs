using System.Net;
using Plura.Tests.Campaigns;

namespace Plura.Tests;

public sealed class PauseAccountTests(PluraApp app)
{
    [Fact]
    public async Task A_paused_account_sends_nothing_says_why_and_its_people_work_on()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        await house.Shop.Person("Ann");
        var campaign = await house.Shop.Letter();
        await house.Shop.Send(campaign);
        await Pause(house, "The bill of October is open");
        await house.Shop.Settle(own);
        Assert.Equal(1, (await house.Shop.Campaign(campaign)).Count("withheld"));
        Assert.Equal(0, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        Assert.Equal("account_suspended", await house.Shop.Ask<string>("select reason from messaging.send"));

        var today = await house.Owner.Get($"/a/{house.Shop.Slug}");
        Assert.Contains("Nothing is sent from this account at the moment", today.Text, StringComparison.Ordinal);
        Assert.Contains("“The bill of October is open”", today.Text, StringComparison.Ordinal);
        // It was left out for good, and so it says.
        Assert.Contains("is left out, and is not sent later", today.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("held back", today.Text, StringComparison.Ordinal);
        await (await house.Owner.Get(house.Shop.Page("contacts/new"))).Submit("input[name='Command.FirstName']", new { FirstName = "Ben" });
        Assert.Equal(2, await house.Shop.Ask<long>("select count(*) from contacts.contact"));
    }

    [Fact]
    public async Task Resumed_it_sends_again_and_both_logs_tell_of_both()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        Assert.Contains("it is not sent later either", (await house.Desk.Get(house.At($"accounts/{house.Shop.Id}"))).Text, StringComparison.Ordinal);
        var page = await Pause(house, "For a moment");
        Assert.Contains("Nothing is sent from this account", page.Text, StringComparison.Ordinal);
        Assert.Contains("Paused", (await house.Desk.Get(house.At("") + "?state=paused")).Text, StringComparison.Ordinal);
        var resumed = await page.Submit("main form:has(button)", new { }, "Let it send again");
        Assert.Contains("The account may send again.", resumed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is sent", (await house.Owner.Get($"/a/{house.Shop.Slug}")).Text, StringComparison.Ordinal);

        await house.Shop.Person("Ann");
        await house.Shop.Send(await house.Shop.Letter());
        await house.Shop.Settle(own);
        Assert.Equal(1, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        foreach (var act in (string[])["agency.pause_account", "agency.resume_account"])
        {
            Assert.Equal(1, await house.Shop.Ask<long>("select count(*) from privacy.audit_entry where act = $1", act));
            Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = $1 and about = $2", act, house.Shop.Id));
        }
    }

    [Fact]
    public async Task A_pause_needs_a_reason_that_its_people_can_read()
    {
        var house = await AgencyHouse.Open(app);
        var page = await Pause(house, "");
        Assert.Contains("Say why", page.Find("#Command-Reason-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.account_pause where account_id = $1", house.Shop.Id));
    }

    [Fact]
    public async Task What_the_operator_stopped_the_agency_cannot_let_go_on()
    {
        var house = await AgencyHouse.Open(app);
        await app.Do("update accounts.account set stopped_at = now() where id = $1", house.Shop.Id);
        var page = await house.Desk.Get(house.At($"accounts/{house.Shop.Id}"));
        Assert.DoesNotContain("Let it send again", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pause the account", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    private static async Task<WebPage> Pause(AgencyHouse house, string reason) =>
        await (await house.Desk.Get(house.At($"accounts/{house.Shop.Id}"))).Submit("textarea[name='Command.Reason']", new { Reason = reason });
}
