using MimeKit;
using Plura.Tests.Messaging;

namespace Plura.Tests.Campaigns;

public sealed class SelfPauseTests(PluraApp app)
{
    [Fact]
    public async Task Too_many_failures_pause_a_campaign_and_its_owner_is_told_in_the_app_and_by_mail()
    {
        await using var lab = await CampaignLab.Start(app, "--Sending:PauseAtFailures=5");
        await lab.People(40);
        lab.Provider.Answer = (address, _) => address.EndsWith("@people.example", StringComparison.Ordinal) ? ScriptedTransport.Refused : ScriptedTransport.Accepted;
        var campaign = await lab.Sent();

        var paused = await lab.Account.Campaign(campaign);
        Assert.Equal("paused", paused.State());
        Assert.InRange(paused.Count("bounced"), 5, 20);
        var reason = paused.GetProperty("pauseReason").GetString()!;
        Assert.Matches("^[0-9]+ of the last [0-9]+ messages failed\\.$", reason);

        var browser = await lab.Account.SignIn();
        var page = await browser.Get(lab.Account.Page($"campaigns/{campaign}"));
        Assert.Contains("Paused by itself", page.Text, StringComparison.Ordinal);
        Assert.Contains(reason, page.Text, StringComparison.Ordinal);
        Assert.Contains($"“Spring” paused by itself: {reason}", (await browser.Get(lab.Account.Page(""))).Text, StringComparison.Ordinal);

        var mail = Assert.Single(lab.Provider.Begun, m => m.EnvelopeTo == $"owner@{lab.Account.Slug}.example");
        using var source = new MemoryStream(mail.Bytes.ToArray());
        var letter = await MimeMessage.LoadAsync(source, CancellationToken.None);
        Assert.Equal("“Spring” is paused", letter.Subject);
        Assert.Contains(reason, letter.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains($"/a/{lab.Account.Slug}/campaigns/{campaign}", letter.HtmlBody!, StringComparison.Ordinal);

        // Put right and resumed, the rest gets it once; a second trouble is a second occasion.
        var before = lab.Letters.Count;
        lab.Provider.Answer = (_, _) => ScriptedTransport.Accepted;
        await page.Submit("[name=_handler][value=resume]", new { }, "Resume");
        await lab.Settle();
        Assert.Equal("sent", (await lab.Account.Campaign(campaign)).State());
        Assert.Equal(40, lab.Letters.Count);
        Assert.True(before < 40);
    }

    [Fact]
    public async Task Few_failures_among_many_pause_nothing()
    {
        await using var lab = await CampaignLab.Start(app, "--Sending:PauseAtFailures=2");
        await lab.People(40);
        lab.Provider.Connections = 1;
        lab.Provider.Answer = (address, _) => address.StartsWith("person30@", StringComparison.Ordinal) ? ScriptedTransport.Refused : ScriptedTransport.Accepted;
        var campaign = await lab.Sent();
        Assert.Equal("sent", (await lab.Account.Campaign(campaign)).State());
    }
}
