using Plura.Automations;
using Plura.Conversations.Contracts;
using Plura.Tests.Campaigns;
using static Plura.Tests.Automations.AutomationDesk;

namespace Plura.Tests.Automations;

/// <summary>Contacts go through automations.</summary>
public sealed class RunAutomationTests(PluraApp app)
{
    [Fact]
    public async Task Who_gets_a_tag_is_sent_a_letter_once()
    {
        await using var lab = await CampaignLab.Start(app);
        var account = lab.Account;
        var tag = await account.Tag("VIP");
        var automation = await account.Automation(When("tag_added", tag, Letter(), Step("add_tag", new { tag = await account.Tag("Welcomed") })));
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben"));
        await account.Tagged(ann, "VIP");
        await account.Tagged(ben, "Another");
        await lab.Automate();
        await lab.Automate();

        Assert.Equal("ann@people.example", Assert.Single(lab.Letters).EnvelopeTo);
        Assert.Equal("send_email planned, add_tag done", await account.Story(automation, ann));
        Assert.Equal(1, await account.Count(automation, "done"));
        Assert.Equal(1, await account.Ask<long>("select count(*) from contacts.contact_tag t join contacts.tag g on g.id = t.tag_id where g.name = 'Welcomed'"));
        Assert.Empty(lab.Host.Log.Errors);
    }

    [Fact]
    public async Task A_second_tag_of_the_same_kind_takes_nobody_in_again()
    {
        var account = await app.NewAccount();
        var automation = await account.Automation(When("tag_added", await account.Tag("VIP"), Step("end")));
        var ann = await account.Person("Ann");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await account.Tagged(ann, "VIP");
            await account.Automate(app);
            await (await account.Api.Send(HttpMethod.Delete, $"/api/v1/contacts/{ann}/tags", System.Net.Http.Json.JsonContent.Create(new { tags = new[] { "VIP" } }))).Content.ReadAsStringAsync();
        }

        await account.Automate(app);
        Assert.Equal(1, await account.Count(automation, "done"));
    }

    [Fact]
    public async Task A_wait_of_days_ends_at_the_same_time_of_day_also_when_the_clocks_change()
    {
        await using var host = await app.Another();
        var account = await host.NewAccount();
        // On the night to 14 March 2027 the clocks of New York leave an hour out.
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 3, 13, 15, 0, 0, TimeSpan.Zero));
        var automation = await account.Automation(When("contact_created", null, Step("wait", new { amount = "1", unit = "days" }), Step("add_tag", new { tag = await account.Tag("Waited") })));
        var ann = await account.Person("Ann");
        await account.Automate(host);
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 3, 14, 13, 59, 0, TimeSpan.Zero));
        await account.Automate(host);
        Assert.Equal("wait waits", await account.Story(automation, ann));
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 3, 14, 14, 1, 0, TimeSpan.Zero));
        await account.Automate(host);
        Assert.Equal("wait waits, wait went, add_tag done", await account.Story(automation, ann));
    }

    [Theory]
    [InlineData(1, "hours", "2027-03-14T06:30:00Z", "2027-03-14T07:30:00Z")]
    [InlineData(24, "hours", "2027-03-13T15:00:00Z", "2027-03-14T15:00:00Z")]
    [InlineData(1, "days", "2027-03-13T15:00:00Z", "2027-03-14T14:00:00Z")]
    [InlineData(1, "days", "2027-03-13T07:30:00Z", "2027-03-14T07:00:00Z")]
    [InlineData(1, "weeks", "2026-10-28T14:00:00Z", "2026-11-04T15:00:00Z")]
    [InlineData(1, "days", "2026-10-31T05:30:00Z", "2026-11-01T05:30:00Z")]
    public void A_span_passes_on_the_clock_on_the_wall(int amount, string unit, string from, string to) =>
        Assert.Equal(DateTimeOffset.Parse(to, System.Globalization.CultureInfo.InvariantCulture), new Span(amount, unit).After(DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")));

    [Theory]
    [InlineData(true, "wait_for waits, wait_for went, add_tag done")]
    [InlineData(false, "wait_for waits, wait_for went, remove_tag was_so")]
    public async Task Who_waits_for_an_answer_goes_on_by_it_or_by_the_time(bool answers, string story)
    {
        await using var host = await app.Another();
        var account = await host.NewAccount();
        var tag = await account.Tag("Answered");
        var wait = Step("wait_for", new { kind = "replied", amount = "2", unit = "days" }) with { Branches = [Branch("It happened", null, Step("add_tag", new { tag })), Branch("Time ran out", null, Step("remove_tag", new { tag }))] };
        var automation = await account.Automation(When("contact_created", null, wait));
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben"));
        await account.Automate(host);
        Assert.Equal(2, await account.Count(automation, "going"));
        if (answers)
            await account.Happens(new MessageReceived(Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Guid.CreateVersion7(DateTimeOffset.UnixEpoch), ann, "email"));
        else
            host.Clock.Advance(TimeSpan.FromDays(2.1));
        await account.Automate(host);
        Assert.Equal(story, await account.Story(automation, ann));
        Assert.Equal(answers ? 1 : 0, await account.Count(automation, "going"));
        Assert.NotEqual(ann, ben);
    }

    [Fact]
    public async Task Each_goes_by_the_first_branch_that_takes_them()
    {
        var account = await app.NewAccount();
        var (first, second, rest) = (await account.Tag("First"), await account.Tag("Second"), await account.Tag("Rest"));
        var choose = Step("if") with
        {
            Branches =
            [
                Branch("Gold", new { field = "tag", op = "is", value = "Gold" }, Step("add_tag", new { tag = first })),
                Branch("Gold or silver", new { any = new object[] { new { field = "tag", op = "is", value = "Gold" }, new { field = "tag", op = "is", value = "Silver" } } }, Step("add_tag", new { tag = second })),
                Branch("Otherwise", null, Step("add_tag", new { tag = rest })),
            ],
        };
        await account.Tag("Gold");
        await account.Tag("Silver");
        await account.Automation(When("contact_created", null, choose));
        foreach (var (name, tag) in ((string, string?)[])[("Ann", "Gold"), ("Ben", "Silver"), ("Cleo", null)])
            await account.Person(name, tag: tag);
        await account.Automate(app);
        foreach (var (name, tag) in ((string, string)[])[("Ann", "First"), ("Ben", "Second"), ("Cleo", "Rest")])
            Assert.Equal(tag, await account.Ask<string>("select string_agg(g.name, ' ') from contacts.contact c join contacts.contact_tag t on t.contact_id = c.id join contacts.tag g on g.id = t.tag_id where c.first_name = $1 and g.name not in ('Gold', 'Silver')", name));
    }

    [Fact]
    public async Task A_published_change_breaks_nobodys_way()
    {
        await using var host = await app.Another();
        var account = await host.NewAccount();
        var (old, fresh) = (await account.Tag("Old"), await account.Tag("Fresh"));
        var wait = Step("wait", new { amount = "1", unit = "hours" });
        var automation = await account.Automation(When("contact_created", null, wait, Step("add_tag", new { tag = old })));
        var ann = await account.Person("Ann");
        await account.Automate(host);
        await account.Draw(automation, When("contact_created", null, Step("add_tag", new { tag = fresh })));
        await account.Api.PostJson($"/api/v1/automations/{automation}/publish", new { });
        var ben = await account.Person("Ben");
        await account.Automate(host);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await account.Automate(host);
        Assert.Equal("wait waits, wait went, add_tag done", await account.Story(automation, ann));
        Assert.Equal("add_tag done", await account.Story(automation, ben));
        Assert.Equal("Old", await account.Ask<string>("select g.name from contacts.contact_tag t join contacts.tag g on g.id = t.tag_id where t.contact_id = $1", ann));
    }

    [Fact]
    public async Task Who_is_deleted_during_a_wait_stops()
    {
        await using var host = await app.Another();
        var account = await host.NewAccount();
        var automation = await account.Automation(When("contact_created", null, Step("wait", new { amount = "1", unit = "hours" }), Step("add_note", new { text = "Was here" })));
        var ann = await account.Person("Ann");
        await account.Automate(host);
        (await account.Api.Delete($"/api/v1/contacts/{ann}")).Dispose();
        host.Clock.Advance(TimeSpan.FromHours(2));
        await account.Automate(host);
        Assert.Equal("contact_gone", await account.Ask<string>("select reason from automations.run where automation_id = $1 and state = 'stopped'", automation));
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.note"));
    }

    [Fact]
    public async Task Who_unsubscribes_during_a_wait_gets_nothing_and_the_reason_is_known()
    {
        await using var lab = await CampaignLab.Start(app);
        var account = lab.Account;
        var automation = await account.Automation(When("contact_created", null, Step("wait", new { amount = "1", unit = "hours" }), Letter()));
        var ann = await account.Person("Ann");
        await lab.Automate();
        await account.Withdraw("ann@people.example");
        lab.Host.Clock.Advance(TimeSpan.FromHours(2));
        await lab.Automate();
        Assert.Empty(lab.Letters);
        Assert.Equal("wait waits, wait went, send_email planned", await account.Story(automation, ann));
        Assert.Equal("withheld opted_out", await account.Ask<string>("select state || ' ' || reason from messaging.send where origin = 'automation'"));
    }

    [Fact]
    public async Task Who_has_no_address_goes_on_without_the_letter()
    {
        var account = await app.NewAccount();
        var automation = await account.Automation(When("contact_created", null, Letter(), Step("end")));
        var contact = (await account.Api.PostJson("/api/v1/contacts", new { firstName = "Nora" })).GetProperty("id").GetGuid();
        await account.Automate(app);
        Assert.Equal("send_email no_address, end went", await account.Story(automation, contact));
    }

    [Fact]
    public async Task An_import_begins_nothing()
    {
        var account = await app.NewAccount();
        var automation = await account.Automation(When("contact_created", null, Step("end")));
        await new Contacts.ImportDesk(account).Import("E-Mail\ncleo@example.com\n");
        await account.Automate(app);
        Assert.Equal(0, await account.Count(automation, "done"));
    }
}
