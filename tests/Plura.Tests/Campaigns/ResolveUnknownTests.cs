using System.Net;
using Plura.Tests.Messaging;

namespace Plura.Tests.Campaigns;

/// <summary>Messages of which nobody knows whether they arrived wait for a person.</summary>
public sealed class ResolveUnknownTests(PluraApp app)
{
    [Fact]
    public async Task They_are_listed_and_each_is_sent_again_or_left_by_a_button()
    {
        await using var lab = await CampaignLab.Start(app);
        var campaign = await Lost(lab, 3);
        var browser = await lab.Account.SignIn();
        Assert.Contains("3 messages may or may not have arrived", (await browser.Get(lab.Account.Page($"campaigns/{campaign}"))).Text, StringComparison.Ordinal);
        var list = await browser.Get(Unknown(lab, campaign));
        foreach (var name in (string[])["Person1", "Person2", "Person3"])
            Assert.Contains(name, list.Text, StringComparison.Ordinal);

        var (first, second) = (await Send(lab, campaign, "Person1"), await Send(lab, campaign, "Person2"));
        lab.Provider.Answer = (_, _) => ScriptedTransport.Accepted;
        var after = await list.Submit($"[name=_handler][value='one-{first}']", new { }, "Send again");
        Assert.Contains("It is sent again", after.Text, StringComparison.Ordinal);
        after = await after.Submit($"[name=_handler][value='one-{second}']", new { }, "Skip");
        Assert.Contains("It is left as it is", after.Text, StringComparison.Ordinal);
        await lab.Settle();

        // Exactly one more hand-over, of the same message under the same Message-ID.
        var again = lab.Letters.Where(m => m.SendId == first).ToList();
        Assert.Equal(2, again.Count);
        Assert.Single(again.Select(m => m.MessageId).Distinct(StringComparer.Ordinal));
        Assert.Equal(4, lab.Letters.Count);
        var counts = await lab.Account.Campaign(campaign);
        Assert.Equal(("sent", 1, 1, 1), (counts.State(), counts.Count("accepted"), counts.Count("cancelled"), counts.Count("unknown")));
        Assert.Equal("skipped", (await lab.Account.Api.GetJson($"/api/v1/campaigns/{campaign}/recipients?state=cancelled")).GetProperty("items")[0].State());
    }

    [Fact]
    public async Task All_are_sent_again_or_left_at_once()
    {
        await using var lab = await CampaignLab.Start(app);
        var campaign = await Lost(lab, 4);
        var browser = await lab.Account.SignIn();
        await (await browser.Get(Unknown(lab, campaign))).Submit("[name=_handler][value=all]", new { }, "Send all again");
        await lab.Settle();   // The line breaks again.
        Assert.Equal(8, lab.Letters.Count);
        Assert.Equal(4, (await lab.Account.Campaign(campaign)).Count("unknown"));
        await (await browser.Get(Unknown(lab, campaign))).Submit("[name=_handler][value=all]", new { }, "Skip all");
        await lab.Settle();
        Assert.Equal(8, lab.Letters.Count);
        Assert.Equal(4, (await lab.Account.Campaign(campaign)).Count("cancelled"));
        Assert.Contains("Nobody of this campaign is in this state", (await browser.Get(Unknown(lab, campaign))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_decides_by_the_api_and_must_say_which()
    {
        await using var lab = await CampaignLab.Start(app);
        var campaign = await Lost(lab, 3);
        var path = $"/api/v1/campaigns/{campaign}/unknown";
        await lab.Account.Refused(path, new { }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(3, (await lab.Account.Campaign(campaign)).Count("unknown"));

        lab.Provider.Answer = (_, _) => ScriptedTransport.Accepted;
        var first = await Send(lab, campaign, "Person1");
        await Decide(new { sendId = first, resend = true });
        await Decide(new { sendId = await Send(lab, campaign, "Person2"), resend = false });
        Assert.Equal("send.not_unknown", (await lab.Account.Refused(path, new { sendId = first, resend = true }, HttpStatusCode.Conflict)).GetProperty("code").GetString());
        await Decide(new { resend = true });
        await lab.Settle();
        Assert.Equal(5, lab.Letters.Count);
        var counts = await lab.Account.Campaign(campaign);
        Assert.Equal((2, 0, 1), (counts.Count("accepted"), counts.Count("unknown"), counts.Count("cancelled")));

        async Task Decide(object body)
        {
            using var answer = await lab.Account.Api.Post(path, body);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Another_campaigns_message_is_not_touched()
    {
        await using var lab = await CampaignLab.Start(app);
        var campaign = await Lost(lab, 1);
        var other = await lab.Account.Letter();
        await lab.Account.Refused($"/api/v1/campaigns/{other}/unknown", new { sendId = await Send(lab, campaign, "Person1"), resend = true }, HttpStatusCode.NotFound);
        Assert.Equal(1, (await lab.Account.Campaign(campaign)).Count("unknown"));
    }

    [Fact]
    public async Task What_was_cancelled_is_not_sent_again_but_can_be_left()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(2);
        lab.Provider.Answer = (address, _) => address.StartsWith("person1@", StringComparison.Ordinal) ? ScriptedTransport.Lost : ScriptedTransport.Busy;
        var campaign = await lab.Sent();
        using (await lab.Account.Api.Post($"/api/v1/campaigns/{campaign}/cancel", null))
        {
            // One is unclear, one had to wait.
        }

        var path = $"/api/v1/campaigns/{campaign}/unknown";
        Assert.Equal("send.cancelled", (await lab.Account.Refused(path, new { resend = true }, HttpStatusCode.Conflict)).GetProperty("code").GetString());
        using var skip = await lab.Account.Api.Post(path, new { resend = false });
        Assert.Equal(HttpStatusCode.NoContent, skip.StatusCode);
        Assert.Equal(2, (await lab.Account.Campaign(campaign)).Count("cancelled"));
    }

    /// <summary>A campaign to so many people, and the connection broke for each before the server answered.</summary>
    private static async Task<Guid> Lost(CampaignLab lab, int people)
    {
        await lab.People(people);
        lab.Provider.Answer = (_, _) => ScriptedTransport.Lost;
        return await lab.Sent();
    }

    private static string Unknown(CampaignLab lab, Guid campaign) => lab.Account.Page($"campaigns/{campaign}/recipients?state=unknown");

    private static async Task<Guid> Send(CampaignLab lab, Guid campaign, string name) =>
        (await lab.Account.Api.GetJson($"/api/v1/campaigns/{campaign}/recipients")).GetProperty("items").EnumerateArray().Single(r => r.GetProperty("name").GetString() == name).GetProperty("sendId").GetGuid();
}
