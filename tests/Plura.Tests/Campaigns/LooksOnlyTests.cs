using System.Net;
using Plura.Accounts.Data;

namespace Plura.Tests.Campaigns;

public sealed class LooksOnlyTests(PluraApp app)
{
    [Fact]
    public async Task Whoever_only_looks_steers_no_campaign_by_its_pages_forms()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter();
        await account.Send(campaign, "2027-03-01T09:00");
        var reader = await account.Colleague(app, Membership.ReadOnly);
        var page = await reader.Browser.Get(account.Page($"campaigns/{campaign}"));
        foreach (var word in (string[])["Back to draft", "Cancel the campaign", "Make a copy"])
            Assert.DoesNotContain(word, page.Text, StringComparison.Ordinal);
        Assert.Contains("Back to draft", (await (await account.SignIn()).Get(account.Page($"campaigns/{campaign}"))).Text, StringComparison.Ordinal);

        var token = (await reader.Browser.Get(account.Page("contacts"))).Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        foreach (var (path, form) in (List<(string, string)>)[("", "unschedule"), ("", "cancel"), ("", "pause"), ("", "resume"), ("", "copy"), ("/recipients?state=unknown", "all")])
        {
            using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = form, ["resend"] = "true", ["__RequestVerificationToken"] = token });
            using var answer = await reader.Browser.Send(HttpMethod.Post, account.Page($"campaigns/{campaign}{path}"), content, follow: false);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{form} answered {(int)answer.StatusCode}");
        }

        Assert.Equal("scheduled", (await account.Campaign(campaign)).State());
        Assert.Equal(1L, await account.Ask<long>("select count(*) from campaigns.campaign"));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from campaigns.campaign_act"));
    }

    [Fact]
    public async Task A_state_that_does_not_exist_is_a_page_that_does_not_exist()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter();
        await account.Send(campaign, "2027-03-01T09:00");
        using var answer = await (await account.SignIn()).Send(HttpMethod.Get, account.Page($"campaigns/{campaign}/recipients?state=bogus"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
