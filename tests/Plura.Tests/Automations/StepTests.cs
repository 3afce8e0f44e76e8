using Plura.Tests.Campaigns;
using static Plura.Tests.Automations.AutomationDesk;

namespace Plura.Tests.Automations;

/// <summary>What automations do with contacts.</summary>
public sealed class StepTests(PluraApp app)
{
    [Fact]
    public async Task A_field_is_set_counted_on_emptied_and_dated()
    {
        var account = await app.NewAccount();
        var (visits, plan, last) = (await Field(account, "Visits", "number"), await Field(account, "Plan", "text"), await Field(account, "Last visit", "date"));
        var automation = await account.Automation(When("contact_created", null,
            Step("set_field", new { field = visits, how = "add", value = "2" }), Step("set_field", new { field = visits, how = "add", value = "3" }),
            Step("set_field", new { field = plan, how = "set", value = "Gold" }), Step("set_field", new { field = last, how = "today", value = "1" })));
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben"));
        await app.Do("update contacts.contact set fields = fields || jsonb_build_object('visits', '10') where id = $1", ben);
        await account.Automate(app);
        Assert.Equal("5 Gold", await Fields(ann));
        Assert.Equal("15 Gold", await Fields(ben));
        Assert.Equal(2, await account.Count(automation, "done"));
        Assert.NotNull(await account.Ask<string>("select fields ->> 'last_visit' from contacts.contact where id = $1", ann));

        async Task<string?> Fields(Guid contact) => await account.Ask<string>("select (fields ->> 'visits') || ' ' || (fields ->> 'plan') from contacts.contact where id = $1", contact);
    }

    [Fact]
    public async Task Contacts_are_given_to_everybody_in_turn_and_a_task_goes_to_whoever_has_them()
    {
        var account = await app.NewAccount();
        var kim = (await account.Colleague(app)).Id;
        var automation = await account.Automation(When("contact_created", null, Step("assign", new { to = "turn", only = "nobodys" }), Step("add_task", new { title = "Call them", days = "2" })));
        for (var n = 0; n < 5; n++)
        {
            await account.Person($"Person{n}");
            // One after the other: the turn goes on where it stood.
            await account.Automate(app);
        }

        Assert.Equal(5, await account.Count(automation, "done"));
        var given = await account.Ask<long[]>("select array_agg(n order by n) from (select count(*) as n from contacts.contact where assignee_id is not null group by assignee_id) x");
        Assert.Equal([2L, 3L], given!);
        Assert.Equal(5, await account.Ask<long>("select count(*) from contacts.task t join contacts.contact c on c.id = t.contact_id and c.assignee_id = t.assignee_id where t.title = 'Call them'"));
        Assert.NotEqual(Guid.Empty, kim);
    }

    [Fact]
    public async Task Opportunities_are_added_moved_and_closed()
    {
        var account = await app.NewAccount();
        await account.Api.PostJson("/api/v1/pipelines", new { name = "Roofs", stages = new[] { new { name = "New" }, new { name = "Offered" } } });
        var stages = (await account.Ask<Guid[]>("select array_agg(s.id order by s.position) from opportunities.stage s join opportunities.pipeline p on p.id = s.pipeline_id where p.name = 'Roofs'"))!;
        var automation = await account.Automation(When("contact_created", null,
            Step("move_opportunity", new { stage = stages[1] }), Step("add_opportunity", new { name = "New roof", stage = stages[0], value = "250" }), Step("move_opportunity", new { stage = stages[1] }), Step("mark_opportunity", new { status = "won" })));
        var ann = await account.Person("Ann");
        await account.Automate(app);
        Assert.Equal("move_opportunity no_opportunity, add_opportunity done, move_opportunity done, mark_opportunity done", await account.Story(automation, ann));
        Assert.Equal("won 25000", await account.Ask<string>("select status || ' ' || value_minor from opportunities.opportunity where contact_id = $1 and stage_id = $2", ann, stages[1]));
    }

    [Fact]
    public async Task The_team_is_told_by_name()
    {
        await using var host = await app.Another();
        var account = await host.NewAccount();
        // Nobody is told what was said before they came.
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await account.Automation(When("contact_created", null, Step("notify", new { text = "wants a call", to = "all" })));
        await account.Person("Ann");
        await account.Automate(host);
        await account.SignIn();
        Assert.Contains("Ann: wants a call", (await account.Browser.Get($"/a/{account.Slug}")).Text, StringComparison.Ordinal);
    }

    private static async Task<Guid> Field(TestAccount account, string label, string kind) =>
        (await account.Api.PostJson("/api/v1/fields", new { label, kind, privacy = "none" })).GetProperty("id").GetGuid();
}
