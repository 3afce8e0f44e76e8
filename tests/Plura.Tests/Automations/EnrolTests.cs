using Plura.Automations;
using Plura.Tests.Campaigns;
using static Plura.Tests.Automations.AutomationDesk;

namespace Plura.Tests.Automations;

/// <summary>People put contacts into automations and take them out.</summary>
public sealed class EnrolTests(PluraApp app)
{
    private static FlowStep Pause => Step("wait", new { amount = "3", unit = "days" });

    [Fact]
    public async Task Many_are_put_in_at_once_and_the_undo_takes_out_those_who_are_in_it_still()
    {
        var account = await app.NewAccount();
        var automation = await account.Automation(When("tag_added", await account.Tag("Never"), Pause));
        var (ann, ben, cat) = (await account.Person("Ann"), await account.Person("Ben"), await account.Person("Cat"));
        await Take(account, automation, cat);
        await account.Automate(app);

        var bulk = await account.Api.PostJson("/api/v1/contacts/bulk", new { @do = "enrol", ids = new[] { ann, ben, cat }, automation });
        Assert.Equal(2, bulk.GetProperty("changed").GetInt32());
        await account.Automate(app);
        Assert.Equal(3, await account.Count(automation, "going"));
        Assert.Equal("wait waits", await account.Story(automation, ann));

        // Ben is taken out before: the undo leaves him alone.
        await account.Api.PostJson($"/api/v1/automations/{automation}/contacts/release", new { contactIds = new[] { ben } });
        var undone = await account.Api.PostJson($"/api/v1/contacts/bulk/{bulk.GetProperty("id").GetGuid()}/undo", new { });
        Assert.Equal(1, undone.GetProperty("putBack").GetInt32());
        Assert.Equal(1, await account.Count(automation, "going"));
        Assert.Equal(2, await account.Count(automation, "stopped"));
    }

    [Fact]
    public async Task Who_was_taken_out_by_mistake_goes_on_where_they_stood()
    {
        await using var host = await app.Another();
        var account = await host.NewAccount();
        var automation = await account.Automation(When("tag_added", await account.Tag("Waits"), Pause, Step("add_tag", new { tag = await account.Tag("Waited") })));
        var ann = await account.Person("Ann");
        await account.Tagged(ann, "Waits");
        await account.Automate(host);
        host.Clock.Advance(TimeSpan.FromDays(1));

        var bulk = await account.Api.PostJson("/api/v1/contacts/bulk", new { @do = "unenrol", ids = new[] { ann }, automation });
        Assert.Equal(1, await account.Count(automation, "stopped"));
        await account.Api.PostJson($"/api/v1/contacts/bulk/{bulk.GetProperty("id").GetGuid()}/undo", new { });
        host.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1));
        await account.Automate(host);
        Assert.Equal("wait waits", await account.Story(automation, ann));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await account.Automate(host);
        Assert.Equal("wait waits, wait went, add_tag done", await account.Story(automation, ann));
    }

    [Fact]
    public async Task Nobody_is_put_into_one_that_is_off()
    {
        var account = await app.NewAccount();
        var automation = await account.Automation(When("tag_added", await account.Tag("Never"), Pause));
        (await account.Api.Send(HttpMethod.Post, $"/api/v1/automations/{automation}/off")).Dispose();
        var ann = await account.Person("Ann");
        using var refused = await account.Posts("contacts/bulk", new { @do = "enrol", ids = new[] { ann }, automation });
        Assert.Equal(422, (int)refused.StatusCode);
        Assert.Equal(0, await account.Ask<long>("select count(*) from automations.run where automation_id = $1", automation));
    }

    [Fact]
    public async Task A_contacts_page_shows_what_they_are_in_puts_in_and_takes_out()
    {
        var account = await app.NewAccount();
        var automation = await account.Automation(When("tag_added", await account.Tag("Never"), Pause), "Missed you");
        var ann = await account.Person("Ann");
        await account.SignIn();
        var page = await account.Browser.Get(account.Page($"contacts/{ann}"));
        page = await page.Submit("form[action$='/automations/enrol']", new { Automation = automation });
        await account.Automate(app);
        page = await account.Browser.Get(account.Page($"contacts/{ann}"));
        Assert.Contains("Came into the automation “Missed you”", page.Text, StringComparison.Ordinal);
        var run = await account.Api.GetJson($"/api/v1/automations/runs/{await account.Ask<Guid>("select id from automations.run where contact_id = $1", ann)}");
        Assert.StartsWith("Put in by ", run.GetProperty("cause").GetString(), StringComparison.Ordinal);
        page = await page.Submit("form[action$='/release']", new { });
        Assert.Equal(1, await account.Count(automation, "stopped"));
        Assert.Contains("In none just now.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_puts_into_another_automation_and_a_step_takes_out_of_all_others_in_the_same_moment()
    {
        var account = await app.NewAccount();
        var tag = await account.Tag("VIP");
        var second = await account.Automation(When("tag_added", await account.Tag("Never"), Pause), "Second");
        var first = await account.Automation(When("tag_added", tag, Step("add_to_automation", new { automation = second }), Pause), "First");
        var ann = await account.Person("Ann");
        await account.Tagged(ann, "VIP");
        await account.Automate(app);
        Assert.Equal("add_to_automation done, wait waits", await account.Story(first, ann));
        Assert.Equal(1, await account.Count(second, "going"));

        var last = await account.Automation(When("tag_added", await account.Tag("Stop"), Step("remove_from_automation")), "Last");
        await account.Tagged(ann, "Stop");
        await account.Automate(app);
        Assert.Equal((1L, 1L, 1L), (await account.Count(first, "stopped"), await account.Count(second, "stopped"), await account.Count(last, "done")));
    }

    [Fact]
    public async Task Who_is_taken_out_by_a_step_of_the_same_turn_does_no_further_step_of_it()
    {
        var account = await app.NewAccount();
        var tag = await account.Tag("VIP");
        // Both begin with the same tag and stand in one turn; the end of the longer one is never reached.
        var longer = await account.Automation(When("tag_added", tag, [.. Enumerable.Range(0, 12).Select(n => Step("add_note", new { text = $"Note {n}" }))]), "Longer");
        await account.Automation(When("tag_added", tag, Step("remove_from_automation", new { automation = longer })), "Shorter");
        var ann = await account.Person("Ann");
        await account.Tagged(ann, "VIP");
        await account.Automate(app);
        Assert.Equal(1, await account.Count(longer, "stopped"));
        Assert.InRange(await account.Ask<long>("select count(*) from contacts.note where contact_id = $1", ann), 0, 2);
    }

    [Fact]
    public async Task What_failed_is_tried_again_by_hand_and_goes_on()
    {
        await using var host = await app.Another();
        var account = await host.NewAccount();
        var automation = await account.Automation(When("contact_created", null, Step("add_tag", new { tag = await account.Tag("Welcomed") })));
        // What cannot be done: nobody can write a tag just now.
        await host.Do("create function contacts.broken() returns trigger language plpgsql as $f$ begin raise exception 'broken'; end $f$");
        await host.Do("create trigger broken before insert on contacts.contact_tag for each row execute function contacts.broken()");
        var ann = await account.Person("Ann");
        for (var n = 0; n < 6; n++)
        {
            await account.Automate(host);
            host.Clock.Advance(TimeSpan.FromHours(3));
        }

        Assert.Equal(1, await account.Count(automation, "failed"));
        await host.Do("drop trigger broken on contacts.contact_tag");
        Assert.Equal(1, (await account.Api.PostJson($"/api/v1/automations/{automation}/retry", new { })).GetProperty("retried").GetInt32());
        await account.Automate(host);
        Assert.Equal(1, await account.Count(automation, "done"));
        Assert.EndsWith("add_tag done", await account.Story(automation, ann), StringComparison.Ordinal);
        using var nothing = await account.Posts($"automations/{automation}/retry", new { });
        Assert.Equal(409, (int)nothing.StatusCode);
    }

    private static Task Take(TestAccount account, Guid automation, params Guid[] contacts) => account.Api.PostJson($"/api/v1/automations/{automation}/contacts", new { contactIds = contacts });
}
