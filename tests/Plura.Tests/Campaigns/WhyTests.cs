using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;
using Plura.Tests.Messaging;

namespace Plura.Tests.Campaigns;

/// <summary>Why did this person get it, or not? One page, and the API, for every way it can end.</summary>
public sealed class WhyTests(PluraApp app)
{
    [Fact]
    public async Task Each_end_of_a_message_is_told_with_rule_facts_hand_over_and_what_happened_then()
    {
        await using var lab = await CampaignLab.Start(app);
        var account = lab.Account;
        var (got, no, dead, lost, robot) = (await account.Person("Gina"), await account.Person("Nora", consent: false), await account.Person("Dora"), await account.Person("Lars"), await account.Person("Rita"));
        lab.Provider.Answer = (address, _) => address.Split('@')[0] switch { "dora" => ScriptedTransport.Dead, "lars" => ScriptedTransport.Lost, _ => ScriptedTransport.Accepted };
        var campaign = await lab.Sent();
        var browser = await account.SignIn();
        await Open(lab, campaign, robot, "Mozilla/5.0 (compatible; GoogleImageProxy)");

        var accepted = await Why(got);
        Has(accepted, "Why Gina got it", "you stated that they gave permission", "(Counter)", "Did they give permission? Fine", "Rule no_consent, version", "Handed to the mail server", "The mail server took it", "2.0.0 queued");
        Assert.Equal("04:00", accepted.All(".story-line time, time").First(t => t.Contains(':', StringComparison.Ordinal))[^5..]);

        var withheld = await Why(no);
        Has(withheld, "Why Nora did not get it", "Not sent: there is no permission on record for them", "Did they give permission? Stop", "this decided", "None: it never left");
        Assert.DoesNotContain("Handed to the mail server", withheld.Text, StringComparison.Ordinal);

        Has(await Why(dead), "What became of it: Dora", "Handed to the mail server", "Came back", "550 5.1.1 no such user");
        Has(await Why(lost), "What became of it: Lars", "Handed to the mail server", "The connection broke before the mail server answered");

        var machine = await Why(robot);
        Has(machine, "Why Rita got it", "Opened by a machine", "We think that no person did it: Gmail's image proxy fetched it");
        Assert.Equal((0, 1), (Counts(await account.Campaign(campaign), "opened"), Counts(await account.Campaign(campaign), "openedByRobots")));

        var byApi = await account.Api.GetJson($"/api/v1/campaigns/{campaign}/recipients/{dead}");
        Assert.Equal(["planned", "handed_off", "bounced"], byApi.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("kind").GetString()));

        Task<WebPage> Why(Guid contact) => browser.Get(account.Page($"campaigns/{campaign}/why/{contact}"));
    }

    [Fact]
    public async Task A_person_who_was_never_planned_is_not_there_and_the_page_says_so()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.People(1);
        var campaign = await lab.Sent();
        var later = await lab.Account.Person("Lena");
        var browser = await lab.Account.SignIn();
        var page = await browser.Get(lab.Account.Page($"campaigns/{campaign}/why/{later}"));
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Has(page, "What became of it: Lena", "This person was not in the campaign's audience when it was sent, so nothing was decided about them.");

        using var answer = await lab.Account.Api.Send(HttpMethod.Get, $"/api/v1/campaigns/{campaign}/recipients/{later}", accept: "application/json");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("campaign.not_planned", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(lab.Account.Page($"campaigns/{Guid.Empty}/why/{later}"))).Status);
    }

    [Fact]
    public async Task Who_unsubscribed_between_planning_and_their_turn_is_told_with_the_day_and_the_way()
    {
        await using var lab = await CampaignLab.Start(app);
        var ann = await lab.Account.Person("Ann");
        var first = await lab.Sent();
        var send = (await lab.Account.Api.GetJson($"/api/v1/campaigns/{first}/recipients")).GetProperty("items")[0].GetProperty("sendId").GetGuid();
        var second = await lab.Account.Letter();
        await lab.Account.Send(second);
        await lab.Account.Work();
        var link = lab.Host.Services.GetRequiredService<PublicLinks>().Token(LinkKind.Unsubscribe, lab.Account.Id, send);
        await (await lab.Host.NewBrowser().Get("/u/" + link)).Submit(null, new { });
        await lab.Settle();

        var browser = await lab.Account.SignIn();
        Has(await browser.Get(lab.Account.Page($"campaigns/{second}/why/{ann}")), "Why Ann did not get it", "Not sent: they unsubscribed on 2 November 2026 by the link in a message", "Did they unsubscribe? Stop");
        Has(await browser.Get(lab.Account.Page($"campaigns/{first}/why/{ann}")), "Why Ann got it", "Unsubscribed by the link in this letter");
    }

    private static async Task Open(CampaignLab lab, Guid campaign, Guid contact, string program)
    {
        var send = (await lab.Account.Api.GetJson($"/api/v1/campaigns/{campaign}/recipients/{contact}")).GetProperty("sendId").GetGuid();
        lab.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        await lab.Host.In(null, async services =>
        {
            var token = services.GetRequiredService<PublicLinks>().Token(LinkKind.Open, lab.Account.Id, send);
            await services.GetRequiredService<TrackVisitHandler>().Handle(token, LinkKind.Open, "GET", program, purpose: null, CancellationToken.None);
        });
    }

    private static int Counts(System.Text.Json.JsonElement campaign, string kind) => campaign.Count(kind);

    private static void Has(WebPage page, params string[] sentences) =>
        Assert.All(sentences, sentence => Assert.True(page.Text.Contains(sentence, StringComparison.Ordinal), $"'{sentence}' is not on the page: {page.Text}"));
}
