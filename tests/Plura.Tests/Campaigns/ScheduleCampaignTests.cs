namespace Plura.Tests.Campaigns;

/// <summary>A campaign goes out at a local time of the account, whatever the clocks do meanwhile. The account lives in New York; it is November 2026.</summary>
public sealed class ScheduleCampaignTests(PluraApp app)
{
    [Theory]
    [InlineData("2027-03-13T09:00", "2027-03-13T14:00:00Z", "Saturday 13 March 2027 at 09:00")]
    [InlineData("2027-03-15T09:00", "2027-03-15T13:00:00Z", "Monday 15 March 2027 at 09:00")]
    [InlineData("2027-03-14T02:30", "2027-03-14T07:30:00Z", "Sunday 14 March 2027 at 03:30")]
    [InlineData("2027-11-07T01:30", "2027-11-07T05:30:00Z", "Sunday 7 November 2027 at 01:30")]
    [InlineData("2026-12-01T14:00:00Z", "2026-12-01T14:00:00Z", "Tuesday 1 December 2026 at 09:00")]
    public async Task It_waits_for_the_local_time_before_and_after_a_change_of_clocks(string at, string moment, string shown)
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(1);
        var browser = await lab.Account.SignIn();
        var campaign = await lab.Account.Letter();
        await lab.Account.Send(campaign, at);
        Assert.Contains($"Goes out on {shown}", (await browser.Get(lab.Account.Page($"campaigns/{campaign}"))).Text, StringComparison.Ordinal);

        var due = DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
        lab.Host.Clock.SetUtcNow(due - TimeSpan.FromMinutes(1));
        await lab.Settle();
        Assert.Equal("scheduled", (await lab.Account.Campaign(campaign)).State());
        Assert.Empty(lab.Letters);

        lab.Host.Clock.SetUtcNow(due + TimeSpan.FromSeconds(1));
        await lab.Settle();
        Assert.Equal("sent", (await lab.Account.Campaign(campaign)).State());
        Assert.Single(lab.Letters);
    }

    [Fact]
    public async Task The_page_takes_a_local_time_and_a_limit_and_gives_the_draft_back()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(1);
        var browser = await lab.Account.SignIn();
        var campaign = await lab.Account.Letter();
        var review = await browser.Get(lab.Account.Page($"campaigns/{campaign}/review"));
        Assert.Contains("In America/New_York, where it is 04:00 on 2 November.", review.Text, StringComparison.Ordinal);

        var refused = await review.Submit("[name=when]", new { when = "later", RatePerMinute = "30" }, "Yes, send it");
        Assert.Contains("Choose the day and time", refused.Text, StringComparison.Ordinal);
        Assert.Equal("30", refused.Find("[name=RatePerMinute]").GetAttribute("value"));
        refused = await refused.Submit("[name=when]", new { when = "later", At = "2026-11-01T09:00", RatePerMinute = "30" }, "Yes, send it");
        Assert.Contains("This time has passed: it is 04:00 on 2 November 2026 in America/New_York.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("2026-11-01T09:00", refused.Find("[name=At]").GetAttribute("value"));

        var page = await refused.Submit("[name=when]", new { when = "later", At = "2026-11-05T09:00", RatePerMinute = "30" }, "Yes, send it");
        Assert.Contains("Your campaign is scheduled", page.Text, StringComparison.Ordinal);
        Assert.Equal(30, (await lab.Account.Campaign(campaign)).GetProperty("ratePerMinute").GetInt32());
        var draft = await page.Submit("[name=_handler][value=unschedule]", new { }, "Back to draft");
        Assert.EndsWith($"/campaigns/{campaign}/edit", draft.Url.AbsolutePath, StringComparison.Ordinal);
        await draft.Submit("[name=Subject]", new { Subject = "Another subject" }, "Save draft");
        Assert.Equal(30, (await lab.Account.Campaign(campaign)).GetProperty("ratePerMinute").GetInt32());
        review = await browser.Get(lab.Account.Page($"campaigns/{campaign}/review"));
        page = await review.Submit("[name=when]", new { when = "later", At = "2026-11-05T09:00", RatePerMinute = "" }, "Yes, send it");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await lab.Account.Campaign(campaign)).GetProperty("ratePerMinute").ValueKind);
        await page.Submit("[name=_handler][value=unschedule]", new { }, "Back to draft");
        lab.Host.Clock.Advance(TimeSpan.FromDays(10));
        await lab.Settle();
        Assert.Empty(lab.Letters);
    }

    [Fact]
    public async Task Two_clicks_on_the_button_send_once()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(3);
        var browser = await lab.Account.SignIn();
        var campaign = await lab.Account.Letter();
        var review = await browser.Get(lab.Account.Page($"campaigns/{campaign}/review"));
        var pages = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => review.Submit("[name=when]", new { when = "now" }, "Yes, send it")));
        Assert.All(pages, page => Assert.EndsWith($"/campaigns/{campaign}", page.Url.AbsolutePath, StringComparison.Ordinal));
        await lab.Settle();
        Assert.Equal(3, lab.Letters.Count);
        Assert.Equal(1, await lab.Account.Ask<long>("select count(*) from campaigns.campaign_act where act = 'sent'"));
    }
}
