using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plura.Automations;
using Plura.Automations.Contracts;
using Plura.Automations.Data;
using Plura.Platform;
using Plura.Tests.Campaigns;
using static Plura.Tests.Automations.AutomationDesk;

namespace Plura.Tests.Automations;

/// <summary>What the engine promises whatever the steps do.</summary>
public sealed class EngineTests(PluraApp app)
{
    [Fact]
    public async Task A_step_that_fails_is_tried_again_and_then_waits_for_a_person()
    {
        await using var host = await app.Another(services => services.AddScoped<IStep, Fails>(), []);
        var account = await host.NewAccount();
        var automation = await account.Automation(When("contact_created", null, Step("fails", new { name = "Ben" }), Step("end")));
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben"));
        await account.Automate(host);
        // Who it can be done for does not wait for the other.
        Assert.Equal("fails done, end went", await account.Story(automation, ann));
        foreach (var minutes in (int[])[1, 5, 30])
        {
            host.Clock.Advance(TimeSpan.FromMinutes(minutes + 0.1));
            await account.Automate(host);
        }

        Assert.Equal(1, await account.Count(automation, "going"));
        host.Clock.Advance(TimeSpan.FromHours(2.1));
        await account.Automate(host);
        Assert.Equal("fails tried, fails tried, fails tried, fails tried, fails failed", await account.Story(automation, ben));
        Assert.Equal(1, await account.Count(automation, "failed"));
        // What it wrote before it failed is not there, and what it did for the other is there once.
        Assert.Equal("Ann", await account.Ask<string>("select string_agg(c.first_name, ' ') from contacts.contact_change h join contacts.contact c on c.id = h.contact_id where h.what = 'tried'"));
    }

    [Fact]
    public async Task What_feeds_itself_is_stopped()
    {
        var account = await app.NewAccount();
        var tag = await account.Tag("Round");
        var automation = await account.Automation(When("tag_added", tag, Step("remove_tag", new { tag }), Step("add_tag", new { tag })) with { Again = Entries.Always });
        await account.Tagged(await account.Person("Ann"), "Round");
        await account.Automate(app);
        Assert.Equal(50, await account.Count(automation, "done"));
        Assert.Equal(0, await account.Ask<long>("select count(*) from automations.happening"));
    }

    [Fact]
    public async Task What_follows_from_one_happening_is_done_before_the_next_is_heard()
    {
        var account = await app.NewAccount();
        var (first, second, done) = (await account.Tag("First"), await account.Tag("Second"), await account.Tag("Done"));
        var wait = Step("wait_for", new { kind = "tag_added", thing = second }) with { Branches = [Branch("It happened", null, Step("add_tag", new { tag = done })), Branch("Time ran out", null)] };
        var automation = await account.Automation(When("tag_added", first, wait));
        var ann = await account.Person("Ann");
        // Both before anybody looks: nobody need add a wait.
        await account.Tagged(ann, "First");
        await account.Tagged(ann, "Second");
        await account.Automate(app);
        Assert.Equal("wait_for waits, wait_for went, add_tag done", await account.Story(automation, ann));
    }

    [Theory]
    [InlineData(Entries.Once, 1)]
    [InlineData(Entries.AfterEnd, 1)]
    [InlineData(Entries.Always, 3)]
    public async Task Two_nodes_take_each_in_as_often_as_the_rule_says(string again, int times)
    {
        await using var host = await app.Another();
        await using var other = await host.SameDatabase();
        var account = await host.NewAccount();
        var tag = await account.Tag("VIP");
        var automation = await account.Automation(When("tag_added", tag, Step("wait", new { amount = "1", unit = "days" })) with { Again = again });
        var people = new List<Guid>();
        for (var n = 0; n < 20; n++)
            people.Add(await account.Person($"Person{n}"));
        for (var round = 0; round < 3; round++)
        {
            await account.In(async services =>
            {
                var db = services.GetRequiredService<PluraDb>();
                foreach (var person in people)
                    db.Happenings.Add(Happening.Of(new Happened("tag_added", person, tag)));
                await db.SaveChangesAsync();
            });
        }

        await Task.WhenAll(account.Automate(host), account.Automate(other), account.Automate(host), account.Automate(other));
        await account.Automate(host);
        Assert.Equal(20 * times, await account.Count(automation, "going"));
        Assert.Equal(0, await account.Ask<long>("select count(*) from (select contact_id from automations.run group by 1 having count(*) <> $1) odd", (long)times));
        Assert.Empty(host.Log.Errors);
        Assert.Empty(other.Log.Errors);
    }

    [Fact]
    public async Task Two_nodes_do_each_step_once()
    {
        await using var host = await app.Another();
        await using var other = await host.SameDatabase();
        var account = await host.NewAccount();
        var automation = await account.Automation(When("contact_created", null, Step("add_note", new { text = "Was here" })));
        await account.In(async services =>
        {
            var create = services.GetRequiredService<Plura.Contacts.CreateContactHandler>();
            for (var n = 0; n < 60; n++)
                Assert.True((await create.Handle(new Plura.Contacts.CreateContact { FirstName = $"Person {n}" }, default)).Ok);
        });
        await Task.WhenAll(account.Automate(host), account.Automate(other), account.Automate(host), account.Automate(other));
        await account.Automate(host);
        Assert.Equal(60, await account.Count(automation, "done"));
        Assert.Equal(60, await account.Ask<long>("select count(distinct contact_id) from contacts.note"));
        Assert.Equal(60, await account.Ask<long>("select count(*) from contacts.note"));
    }

    [Fact]
    public async Task Nothing_is_written_down_that_nobody_listens_to()
    {
        var account = await app.NewAccount();
        await account.Person("Ann", tag: "VIP");
        Assert.Equal(0, await account.Ask<long>("select count(*) from automations.happening"));
    }

    [Fact]
    public async Task One_that_is_off_takes_nobody_in()
    {
        var account = await app.NewAccount();
        var automation = await account.Automation(When("contact_created", null, Step("end")));
        await account.Api.Post($"/api/v1/automations/{automation}/off", null);
        await account.Person("Ann");
        await account.Automate(app);
        Assert.Equal(0, await account.Count(automation, "done"));
        await account.Api.Post($"/api/v1/automations/{automation}/on", null);
        await account.Person("Ben");
        await account.Automate(app);
        Assert.Equal(1, await account.Count(automation, "done"));
    }

    [Fact]
    public async Task When_two_contacts_become_one_only_one_of_them_goes_on()
    {
        await using var host = await app.Another();
        var account = await host.NewAccount();
        var automation = await account.Automation(When("contact_created", null, Step("wait", new { amount = "1", unit = "hours" }), Step("add_note", new { text = "Was here" })));
        var (ann, twin) = (await account.Person("Ann"), await account.Person("Anne"));
        await account.Automate(host);
        var merge = (await account.Api.PostJson($"/api/v1/contacts/{ann}/merge", new { other = twin })).GetProperty("id").GetGuid();
        host.Clock.Advance(TimeSpan.FromHours(2));
        await account.Automate(host);
        Assert.Equal(2, await account.Ask<long>("select count(*) from automations.run where contact_id = $1", ann));
        Assert.Equal(1, await account.Ask<long>("select count(*) from contacts.note"));
        Assert.Equal("merged", await account.Ask<string>("select reason from automations.run where automation_id = $1 and state = 'stopped'", automation));
        await account.Api.PostJson($"/api/v1/contacts/merges/{merge}/undo", new { });
        Assert.Equal(1, await account.Ask<long>("select count(*) from automations.run where contact_id = $1", twin));
    }

    [Fact]
    public async Task A_flow_is_the_same_after_it_was_written_down()
    {
        var flow = new Flow
        {
            Again = Entries.AfterEnd,
            Triggers = [new FlowTrigger("tag_added", Guid.CreateVersion7(DateTimeOffset.UnixEpoch), new JsonObject { ["field"] = "tag", ["op"] = "is", ["value"] = "VIP" })],
            Steps = [Letter(), Step("if") with { Branches = [Branch("Yes", new { field = "tag", op = "is", value = "VIP" }, Step("end")), Branch("Otherwise", null)] }, Step("wait", new { amount = "2", unit = "days" })],
        };
        Assert.Equal(flow.Json(), Flow.Read(flow.Json()).Json());
        Assert.Null(Flow.TryRead("{\"steps\":[],\"unknown\":1}"));
        Assert.Null(Flow.TryRead("[]"));
        Assert.Null(Flow.TryRead((flow with { Steps = [flow.Steps[0], flow.Steps[0]] }).Json()));
        var account = await app.NewAccount();
        var id = (await account.Api.PostJson("/api/v1/automations", new { name = "Same" })).GetProperty("id").GetGuid();
        await account.Draw(id, flow);
        var kept = (await account.Api.GetJson($"/api/v1/automations/{id}")).GetProperty("flow").GetRawText();
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(flow.Json()), JsonNode.Parse(Flow.Read(kept).Json())));
    }

    [Fact]
    public async Task What_is_missing_is_said_with_its_step()
    {
        var account = await app.NewAccount();
        var (wait, tag, back) = (Step("wait"), Step("add_tag"), Step("go_to"));
        back.Settings["step"] = tag.Id.ToString();
        var id = (await account.Api.PostJson("/api/v1/automations", new { name = "Unfinished" })).GetProperty("id").GetGuid();
        await account.Draw(id, new Flow { Steps = [wait, tag, back] });
        using var refused = await account.Api.Post($"/api/v1/automations/{id}/publish", new { });
        var text = await refused.Content.ReadAsStringAsync();
        Assert.Equal(422, (int)refused.StatusCode);
        Assert.All((Guid[])[wait.Id, tag.Id, back.Id], step => Assert.Contains(step.ToString(), text, StringComparison.Ordinal));
        Assert.Contains("Choose what it begins with.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_changes_an_older_drawing_is_refused()
    {
        var account = await app.NewAccount();
        var id = (await account.Api.PostJson("/api/v1/automations", new { name = "Shared" })).GetProperty("id").GetGuid();
        await account.Draw(id, Flow.Empty);
        using var late = await account.Api.Send(HttpMethod.Put, $"/api/v1/automations/{id}", System.Net.Http.Json.JsonContent.Create(new { draftNumber = 1, flow = JsonNode.Parse(Flow.Empty.Json()) }), follow: false, accept: "application/json");
        Assert.Equal(409, (int)late.StatusCode);
    }

    /// <summary>Writes a line for each, and then cannot go on where one of them has the name.</summary>
    private sealed class Fails(PluraDb db, TimeProvider clock) : IStep
    {
        public StepKind Kind { get; } = new("fails", "Fails", "bug", "Test");

        public Task<string?> Problem(JsonObject settings, CancellationToken ct) => Task.FromResult<string?>(null);

        public string Say(JsonObject settings, ThingNames names) => "Fails";

        public async Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct)
        {
            foreach (var run in batch.Runs)
            {
                await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(db.Database, $"""
                    insert into contacts.contact_change (tenant_id, id, contact_id, at, by, what, values) values ({db.Tenant.Id}, {Guid.CreateVersion7(clock.GetUtcNow())}, {run.ContactId}, {clock.GetUtcNow()}, 'test', 'tried', jsonb_build_object())
                    """, ct);
                var name = await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(
                    Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.SqlQuery<string>(db.Database, $"select first_name as \"Value\" from contacts.contact where id = {run.ContactId}"), ct);
                if (name == batch.Settings["name"]!.ToString())
                    throw new InvalidOperationException("Cannot be done.");
            }

            return [.. batch.Runs.Select(r => new StepDone(r.RunId, "done"))];
        }
    }
}
