using Plura.Automations;
using Plura.Tests.Campaigns;
using static Plura.Tests.Automations.AutomationDesk;

namespace Plura.Tests.Automations;

/// <summary>How contacts move through a flow: by chance, by hours, a few at a time, to a goal, by somebody's word.</summary>
public sealed class MoveTests(PluraApp app)
{
    [Theory]
    // A Friday in New York, an hour before they close, when they are closed, and before they open; on the night to 14 March 2027 the clocks go forward.
    [InlineData("workdays", "2027-03-12T21:00:00Z", null)]
    [InlineData("workdays", "2027-03-12T22:30:00Z", "2027-03-15T13:00:00Z")]
    [InlineData("all", "2027-03-12T22:30:00Z", "2027-03-13T14:00:00Z")]
    [InlineData("all", "2027-03-13T22:30:00Z", "2027-03-14T13:00:00Z")]
    [InlineData("weekend", "2027-03-12T13:00:00Z", "2027-03-13T14:00:00Z")]
    [InlineData("workdays", "2027-03-15T12:59:00Z", "2027-03-15T13:00:00Z")]
    public void Hours_open_by_the_accounts_clock(string days, string now, string? opens) =>
        Assert.Equal(opens is null ? null : DateTimeOffset.Parse(opens, System.Globalization.CultureInfo.InvariantCulture),
            new Hours(days, "09:00", "17:30").Opens(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")));

    [Fact]
    public async Task Messages_leave_only_at_the_hours_that_the_automation_says()
    {
        await using var lab = await CampaignLab.Start(app);
        var account = lab.Account;
        // A Saturday at noon in New York.
        lab.Host.Clock.SetUtcNow(new DateTimeOffset(2027, 3, 13, 17, 0, 0, TimeSpan.Zero));
        var automation = await account.Automation(When("contact_created", null, Step("add_tag", new { tag = await account.Tag("Seen") }), Letter()) with { Hours = new Hours("workdays", "09:00", "17:00") });
        var ann = await account.Person("Ann");
        await lab.Automate();
        Assert.Empty(lab.Letters);
        Assert.Equal("add_tag done, send_email waits", await account.Story(automation, ann));
        lab.Host.Clock.SetUtcNow(new DateTimeOffset(2027, 3, 15, 13, 0, 0, TimeSpan.Zero));
        await lab.Automate();
        Assert.Single(lab.Letters);
        Assert.Equal("add_tag done, send_email waits, send_email planned", await account.Story(automation, ann));
    }

    [Fact]
    public async Task A_split_takes_some_one_way_and_the_rest_the_other()
    {
        var account = await app.NewAccount();
        var split = Step("split", new { percent = "50" }) with { Branches = [Branch("A", null, Step("add_tag", new { tag = await account.Tag("A") })), Branch("B", null, Step("add_tag", new { tag = await account.Tag("B") }))] };
        var automation = await account.Automation(When("tag_added", await account.Tag("Never"), split));
        var people = new List<Guid>();
        for (var n = 0; n < 40; n++)
            people.Add(await account.Person($"Person{n}"));
        await account.Api.PostJson($"/api/v1/automations/{automation}/contacts", new { contactIds = people });
        await account.Automate(app);
        var counts = (await account.Ask<long[]>("select array_agg(n order by name) from (select g.name, count(*) as n from contacts.contact_tag t join contacts.tag g on g.id = t.tag_id where g.name in ('A', 'B') group by g.name) x"))!;
        // Each by itself, and evenly: that all forty take the same way happens once in half a billion years of nights.
        Assert.Equal((2, 40L), (counts.Length, counts.Sum()));
    }

    [Fact]
    public async Task A_drip_lets_through_so_many_in_each_span()
    {
        await using var host = await app.Another();
        var account = await host.NewAccount();
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 5, 10, 10, 0, TimeSpan.Zero));
        var automation = await account.Automation(When("tag_added", await account.Tag("Never"), Step("drip", new { count = "2", amount = "1", unit = "hours" })));
        var people = new List<Guid>();
        for (var n = 0; n < 5; n++)
            people.Add(await account.Person($"Person{n}"));
        await account.Api.PostJson($"/api/v1/automations/{automation}/contacts", new { contactIds = people });
        foreach (var (minutes, through) in new[] { (0, 2), (49, 2), (1, 4), (59, 4), (1, 5) })
        {
            host.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await account.Automate(host);
            Assert.Equal(through, await account.Count(automation, "done"));
        }
    }

    [Fact]
    public async Task A_goal_is_reached_from_wherever_somebody_stands_and_what_lies_between_is_not_done()
    {
        var account = await app.NewAccount();
        var (bought, between, thanked) = (await account.Tag("Bought"), await account.Tag("Between"), await account.Tag("Thanked"));
        var automation = await account.Automation(When("contact_created", null,
            Step("wait", new { amount = "3", unit = "days" }), Step("add_tag", new { tag = between }), Step("goal", new { kind = "tag_added", thing = bought, otherwise = "end" }), Step("add_tag", new { tag = thanked })));
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben"));
        await account.Automate(app);
        await account.Tagged(ann, "Bought");
        await account.Tagged(ben, "Another");
        await account.Automate(app);
        Assert.Equal("wait waits, goal reached, add_tag done", await account.Story(automation, ann));
        Assert.Equal("wait waits", await account.Story(automation, ben));
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.contact_tag where tag_id = $1", between));
        Assert.Equal(1, await account.Ask<long>("select count(*) from contacts.contact_tag where tag_id = $1", thanked));
    }

    [Fact]
    public async Task Who_writes_back_is_taken_out_where_the_automation_says_so()
    {
        var account = await app.NewAccount();
        var automation = await account.Automation(When("contact_created", null, Step("wait", new { amount = "3", unit = "days" }), Letter()) with { StopWhen = "replied" });
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben"));
        await account.Automate(app);
        await account.Happens(new Plura.Conversations.Contracts.MessageReceived(Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Guid.CreateVersion7(DateTimeOffset.UnixEpoch), ann, "email"));
        await account.Automate(app);
        Assert.Equal((1L, 1L), (await account.Count(automation, "stopped"), await account.Count(automation, "going")));
        Assert.Equal(ben, await account.Ask<Guid>("select contact_id from automations.run where automation_id = $1 and state = 'going'", automation));
    }

    [Theory]
    [InlineData(true, "ask waits, ask went, add_tag done")]
    [InlineData(false, "ask waits, ask went")]
    public async Task A_person_says_yes_or_no_and_the_first_word_counts(bool yes, string story)
    {
        var account = await app.NewAccount();
        var ask = Step("ask", new { text = "Shall they get the discount?" }) with { Branches = [Branch("Yes", null, Step("add_tag", new { tag = await account.Tag("Discount") })), Branch("No", null), Branch("Time ran out", null)] };
        var automation = await account.Automation(When("contact_created", null, ask));
        var ann = await account.Person("Ann");
        await account.Automate(app);
        var run = (await account.Api.GetJson($"/api/v1/automations/{automation}/runs?state=asked")).GetProperty("items")[0].GetProperty("id").GetGuid();
        (await account.Posts($"automations/runs/{run}/answer", new { yes })).Dispose();
        using var second = await account.Posts($"automations/runs/{run}/answer", new { yes = !yes });
        Assert.Equal(409, (int)second.StatusCode);
        await account.Automate(app);
        Assert.Equal(story, await account.Story(automation, ann));
    }
}
