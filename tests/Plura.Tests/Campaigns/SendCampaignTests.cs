using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;

namespace Plura.Tests.Campaigns;

public sealed class SendCampaignTests(PluraApp app)
{
    [Fact]
    public async Task Reaches_who_may_get_it_and_says_of_everyone_else_why_not()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var ben = await account.Person("Ben", consent: false);
        var campaign = await account.Letter();
        await account.Send(campaign);
        await account.Settle(app);

        var sent = await account.Campaign(campaign);
        Assert.Equal("sent", sent.State());
        Assert.Equal(1, sent.Count("accepted"));
        Assert.Equal(1, sent.Count("withheld"));

        var yes = await account.Api.GetJson($"/api/v1/campaigns/{campaign}/recipients/{ann}");
        Assert.Equal("accepted", yes.State());
        Assert.Equal("allow", yes.GetProperty("decision").GetProperty("outcome").GetString());
        Assert.False(string.IsNullOrEmpty(yes.GetProperty("messageId").GetString()));

        var no = await account.Api.GetJson($"/api/v1/campaigns/{campaign}/recipients/{ben}");
        Assert.Equal("withheld", no.State());
        Assert.Equal("deny", no.GetProperty("decision").GetProperty("outcome").GetString());
        Assert.Contains(no.GetProperty("decision").GetProperty("reasons").EnumerateArray(), r => r.GetProperty("rule").GetString() == "no_consent" && r.GetProperty("outcome").GetString() == "deny");
        var withheld = await account.Api.GetJson($"/api/v1/campaigns/{campaign}/recipients?state=withheld&reason=no_consent");
        Assert.Equal(ben, withheld.GetProperty("items")[0].GetProperty("contactId").GetGuid());
    }

    [Fact]
    public async Task Two_clicks_at_once_send_once()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => account.Send(campaign)));
        await account.Settle(app);
        await account.Send(campaign);
        await account.Settle(app);

        Assert.Equal(1, (await account.Campaign(campaign)).Count("accepted"));
        Assert.Equal(1, await account.Ask<long>("select count(*) from campaigns.campaign_act where campaign_id = $1 and act = 'sent'", campaign));
    }

    [Fact]
    public async Task A_tag_a_smart_list_and_an_exception_decide_who_is_meant()
    {
        var account = await app.NewAccount();
        await account.Person("Ann", tag: "member");
        await account.Person("Ben");
        await account.Person("Cora", tag: "never");
        var list = (await account.In(s => s.GetRequiredService<KeepListHandler>().Handle(new KeepList { Name = "Bens", Filter = new Condition("email", "starts", "ben@") }, default))).Value;
        Assert.Equal(["Ann"], await Reached(new { tags = new[] { "member" } }));
        Assert.Equal(["Ann", "Ben"], await Reached(new { all = true, exceptTags = new[] { "never" } }));
        Assert.Equal(["Ben"], await Reached(new { smartList = list }));
        Assert.Equal(["Ann", "Cora"], await Reached(new { all = true, exceptSmartList = list }));

        async Task<IEnumerable<string?>> Reached(object audience)
        {
            var campaign = await account.Letter(audience);
            await account.Send(campaign);
            await account.Settle(app);
            var people = await account.Api.GetJson($"/api/v1/campaigns/{campaign}/recipients?state=accepted");
            return people.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("name").GetString()).Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Nobody_writes_to_another_persons_own_list_by_its_id()
    {
        var account = await app.NewAccount();
        var list = (await account.In(s => s.GetRequiredService<KeepListHandler>().Handle(new KeepList { Name = "Mine alone", Filter = ContactFilter.Everyone }, default))).Value;
        await app.Do("update contacts.smart_list set owner_id = gen_random_uuid() where id = $1", list);
        object[] audiences = [new { smartList = list }, new { all = true, exceptSmartList = list }];
        foreach (var audience in audiences)
        {
            using var refused = await account.Api.Post("/api/v1/campaigns", new { name = "News", audience });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("another person’s own", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // What stood there already stays, so that a colleague can correct the words.
        await app.Do("update contacts.smart_list set owner_id = null where id = $1", list);
        var campaign = await account.Letter(new { smartList = list });
        await app.Do("update contacts.smart_list set owner_id = gen_random_uuid() where id = $1", list);
        using var kept = await account.Api.Send(HttpMethod.Put, $"/api/v1/campaigns/{campaign}", JsonContent.Create(new { name = "Better", audience = new { smartList = list }, version = 1 }), follow: false);
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
    }

    [Theory]
    [InlineData("", "<p>Hello</p>", "campaign.no_subject")]
    [InlineData("Hello", "<p> </p>", "campaign.no_body")]
    public async Task An_unfinished_letter_is_refused_in_a_sentence(string subject, string html, string code)
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter(subject: subject, html: html);
        var refusal = await account.Refused($"/api/v1/campaigns/{campaign}/send", new { }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(code, refusal.GetProperty("code").GetString());
        Assert.Equal("draft", (await account.Campaign(campaign)).State());
    }

    [Fact]
    public async Task An_audience_of_nobody_is_refused()
    {
        var account = await app.NewAccount();
        var chosen = await account.Letter();
        Assert.Equal("campaign.empty_audience", (await account.Refused($"/api/v1/campaigns/{chosen}/send", new { }, HttpStatusCode.UnprocessableEntity)).GetProperty("code").GetString());
        var open = await account.Letter(new { });
        Assert.Equal("campaign.no_audience", (await account.Refused($"/api/v1/campaigns/{open}/send", new { }, HttpStatusCode.UnprocessableEntity)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_broken_template_is_refused_before_anything_leaves()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter(html: "<p>Hello {{ contact.first_name </p>");
        using var answer = await account.Api.Post($"/api/v1/campaigns/{campaign}/send", new { });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("draft", (await account.Campaign(campaign)).State());
    }

    [Fact]
    public async Task What_is_edited_after_sending_is_refused()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter();
        await account.Send(campaign);
        using var answer = await account.Api.Send(HttpMethod.Put, $"/api/v1/campaigns/{campaign}", System.Net.Http.Json.JsonContent.Create(new { version = 1, subject = "Changed" }), follow: false);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task A_scheduled_campaign_waits_for_its_local_time_and_can_be_taken_back()
    {
        await using var later = await app.Another();
        var account = await later.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter();
        // The account lives in New York; on 3 November 2026 that is five hours behind UTC.
        await account.Send(campaign, "2026-11-03T09:00");
        await account.Settle(later);
        Assert.Equal("scheduled", (await account.Campaign(campaign)).State());

        using (var back = await account.Api.Post($"/api/v1/campaigns/{campaign}/unschedule", null))
            Assert.Equal(HttpStatusCode.Accepted, back.StatusCode);
        await account.Send(campaign, "2026-11-03T10:00");
        later.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 3, 14, 30, 0, TimeSpan.Zero));
        await account.Settle(later);
        Assert.Equal("scheduled", (await account.Campaign(campaign)).State());

        later.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 3, 15, 0, 1, TimeSpan.Zero));
        await account.Settle(later);
        var sent = await account.Campaign(campaign);
        Assert.Equal("sent", sent.State());
        Assert.Equal(1, sent.Count("accepted"));
    }

    [Fact]
    public async Task Cancelled_before_it_began_it_reaches_nobody()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter();
        await account.Send(campaign);
        using (var answer = await account.Api.Post($"/api/v1/campaigns/{campaign}/cancel", null))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await account.Settle(app);
        var cancelled = await account.Campaign(campaign);
        Assert.Equal("cancelled", cancelled.State());
        Assert.Equal(0, cancelled.Count("accepted"));
    }

    [Fact]
    public async Task Paused_before_it_began_it_goes_on_when_resumed_and_reaches_everyone_once()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        await account.Person("Ben");
        var campaign = await account.Letter();
        await account.Send(campaign);
        using (var pause = await account.Api.Post($"/api/v1/campaigns/{campaign}/pause", null))
            Assert.Equal(HttpStatusCode.Accepted, pause.StatusCode);
        await account.Settle(app);
        Assert.Equal("paused", (await account.Campaign(campaign)).State());
        using (var resume = await account.Api.Post($"/api/v1/campaigns/{campaign}/resume", null))
            Assert.Equal(HttpStatusCode.Accepted, resume.StatusCode);
        await account.Settle(app);
        var sent = await account.Campaign(campaign);
        Assert.Equal("sent", sent.State());
        Assert.Equal(2, sent.Count("accepted"));
    }

    [Fact]
    public async Task Another_accounts_campaign_does_not_exist()
    {
        var mine = await app.NewAccount();
        var theirs = await app.NewAccount();
        var campaign = await theirs.Letter();
        using var answer = await mine.Api.Send(HttpMethod.Get, $"/api/v1/campaigns/{campaign}", accept: "application/json");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
