using System.Net;

namespace Plura.Tests.Campaigns;

/// <summary>Pausing, resuming and cancelling while letters leave, by the buttons of the campaign's page.</summary>
public sealed class SteerCampaignTests(PluraApp app)
{
    [Fact]
    public async Task Paused_in_the_middle_nothing_more_leaves_until_it_is_resumed_and_nobody_gets_it_twice()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(30);
        var (campaign, page) = await Begun(lab, pressAt: 8, "[name=_handler][value=pause]", "Pause");
        await lab.Settle();

        var paused = await lab.Account.Campaign(campaign);
        Assert.Equal("paused", paused.State());
        Assert.Equal((8, 22), (paused.Count("accepted"), paused.Count("planned")));   // What was begun when the button was pressed is ended.
        var shown = await lab.Account.Browser.Get(page);
        Assert.Contains("Nothing more leaves until you resume", shown.Text, StringComparison.Ordinal);
        Assert.Contains("Olivia Owner paused it", shown.Text, StringComparison.Ordinal);

        await shown.Submit("[name=_handler][value=resume]", new { }, "Resume");
        await lab.Settle();
        var sent = await lab.Account.Campaign(campaign);
        Assert.Equal(("sent", 30), (sent.State(), sent.Count("accepted")));
        Assert.Equal(30, lab.Letters.Count);
        Assert.Equal(30, lab.Letters.Select(m => m.EnvelopeTo).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_cancel_that_the_sender_never_heard_of_did_not_happen()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(3);
        var campaign = await lab.Account.Letter();
        await lab.Account.Send(campaign);
        await lab.Account.Work();
        await lab.Host.FillDisk("messaging.dispatch");
        await Assert.ThrowsAsync<InvalidOperationException>(() => lab.Account.Api.Post($"/api/v1/campaigns/{campaign}/cancel", new { }));
        Assert.Equal("sending", (await lab.Account.Campaign(campaign)).State());

        await lab.Host.MakeRoom();
        using var again = await lab.Account.Api.Post($"/api/v1/campaigns/{campaign}/cancel", new { });
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        await lab.Settle();
        Assert.Equal(("cancelled", 3, 0), ((await lab.Account.Campaign(campaign)).State(), await lab.Host.Ask<long>("select count(*) from messaging.send where origin_id = $1 and state = 'cancelled' and finished_at is not null", campaign), lab.Letters.Count));
    }

    [Fact]
    public async Task Cancelled_in_the_middle_who_has_not_had_it_never_will()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(30);
        var (campaign, page) = await Begun(lab, pressAt: 8, "[name=_handler][value=cancel]", "Cancel the campaign");
        await lab.Settle();

        var cancelled = await lab.Account.Campaign(campaign);
        Assert.Equal("cancelled", cancelled.State());
        Assert.Equal((8, 22), (cancelled.Count("accepted"), cancelled.Count("cancelled")));
        lab.Host.Clock.Advance(TimeSpan.FromDays(2));
        await lab.Settle();
        Assert.Equal(8, lab.Letters.Count);
        Assert.DoesNotContain("Resume", (await lab.Account.Browser.Get(page)).All("button"));
        Assert.Equal("campaign.not_paused", (await lab.Account.Refused($"/api/v1/campaigns/{campaign}/resume", null, HttpStatusCode.Conflict)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Many_presses_at_once_are_one()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(3);
        var campaign = await lab.Account.Letter();
        await lab.Account.Send(campaign);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Press("pause")));
        Assert.Equal("paused", (await lab.Account.Campaign(campaign)).State());
        Assert.Equal(1, await lab.Account.Ask<long>("select count(*) from campaigns.campaign_act where act = 'paused'"));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Press("resume")));
        Assert.Equal(1, await lab.Account.Ask<long>("select count(*) from campaigns.campaign_act where act = 'resumed'"));
        await lab.Settle();
        Assert.Equal(3, lab.Letters.Count);

        async Task Press(string button)
        {
            using var answer = await lab.Account.Api.Post($"/api/v1/campaigns/{campaign}/{button}", null);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_limit_per_minute_is_kept_and_shown()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(12);
        var campaign = await lab.Account.Letter();
        using (var answer = await lab.Account.Api.Post($"/api/v1/campaigns/{campaign}/send", new { ratePerMinute = 6 }))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await lab.Account.Work();
        var handed = new List<int>();
        for (var tenSeconds = 0; tenSeconds < 5; tenSeconds++)
        {
            handed.Add(await lab.Pump());
            Assert.Equal(0, await lab.Pump());
            lab.Host.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal([1, 1, 1, 1, 1], handed);
        Assert.Equal(5, (await lab.Account.Campaign(campaign)).Count("accepted"));
        var browser = await lab.Account.SignIn();
        Assert.Contains("at most 6 a minute", (await browser.Get(lab.Account.Page($"campaigns/{campaign}"))).Text, StringComparison.Ordinal);
        await lab.Account.Refused($"/api/v1/campaigns/{await lab.Account.Letter()}/send", new { ratePerMinute = 0 }, HttpStatusCode.UnprocessableEntity);
    }

    /// <summary>Sends a campaign and presses a button of its page when so many letters have left.</summary>
    private static async Task<(Guid Campaign, string Page)> Begun(CampaignLab lab, int pressAt, string form, string button)
    {
        var browser = await lab.Account.SignIn();
        var campaign = await lab.Account.Letter();
        var page = lab.Account.Page($"campaigns/{campaign}");
        var pressed = 0;
        lab.Provider.Connections = 1;   // The others would go on while the button is on its way.
        lab.Provider.During = async _ =>
        {
            if (lab.Letters.Count >= pressAt && Interlocked.Exchange(ref pressed, 1) == 0)
                await (await browser.Get(page)).Submit(form, new { }, button);
        };
        await lab.Account.Send(campaign);
        await lab.Account.Work();
        await lab.Pump();
        return (campaign, page);
    }
}
