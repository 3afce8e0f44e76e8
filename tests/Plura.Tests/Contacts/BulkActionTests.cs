using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

public sealed class BulkActionTests(PluraApp app)
{
    private const string All = "select md5(string_agg(to_jsonb(c)::text || coalesce((select string_agg(t.tag_id::text, ',' order by t.tag_id) from contacts.contact_tag t where t.contact_id = c.id), ''), '|' order by c.id)) from (select id, first_name, last_name, company, fields, source, created_at, assignee_id, sort_name, search_text from contacts.contact) c";

    [Fact]
    public async Task Ticked_contacts_get_a_tag_at_once_and_undo_takes_it_only_from_those_who_got_it()
    {
        var account = await app.NewAccount();
        var (ann, bob, cleo) = (await account.Create("Ann", tags: "VIP"), await account.Create("Bob"), await account.Create("Cleo"));
        var browser = await account.SignIn();
        var done = await (await browser.Get(account.Page("contacts"))).Submit(".contact-list", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ids"] = (string[])[ann.ToString(), bob.ToString(), cleo.ToString()], ["NewTag"] = "vip", ["Do"] = "tag" });
        Assert.Contains("2 contacts got the tag.", done.Text, StringComparison.Ordinal);
        Assert.Equal(["VIP"], (await account.Contact(bob))!.Tags);
        // Cleo loses it by hand before the undo: that is as it was, and stays so.
        await account.In(s => s.GetRequiredService<UntagContactHandler>().Handle(new UntagContact { Ids = [cleo], Tags = ["VIP"] }, default));
        var undone = await done.Submit("form[action$='/undo']", new { });
        Assert.Contains("Taken back for 1 contact. 1 contact was changed since and left alone.", undone.Text, StringComparison.Ordinal);
        Assert.Equal(["VIP"], (await account.Contact(ann))!.Tags);
        Assert.Empty((await account.Contact(bob))!.Tags);
        Assert.Equal(["tagged", "untagged"], await Story(account, bob));
    }

    [Fact]
    public async Task All_that_fit_a_list_are_counted_first_changed_in_the_background_and_put_back_exactly()
    {
        // A host of its own: what waits for a worker waits until this test says so.
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var dora = await account.Colleague(own, name: "Dora Deputy");
        for (var i = 0; i < 12; i++)
            await account.TryCreate(new CreateContact { FirstName = $"Person {i}", Tags = ["Lead"], Assignee = i % 3 == 0 ? account.OwnerId : null });
        var other = await account.Create("Other");
        var before = await account.Ask<string>(All);
        var browser = await account.SignIn();
        var asked = await (await browser.Get(account.Page("contacts?tag=Lead"))).Submit(".contact-list", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Whole"] = "true", ["Assignee"] = dora.Id.ToString(), ["Do"] = "assign" });
        Assert.Contains("This concerns 12 contacts", asked.Text, StringComparison.Ordinal);
        Assert.Contains("Assign to Dora Deputy", asked.Text, StringComparison.Ordinal);
        Assert.Equal(before, await account.Ask<string>(All));
        var begun = await asked.Submit("[name=_handler][value=confirm-bulk]", new { });
        Assert.Contains("At work", begun.Text, StringComparison.Ordinal);
        await account.Work();
        Assert.Equal(12L, await account.Ask<long>("select count(*) from contacts.contact where assignee_id = $1", dora.Id));
        Assert.Null((await account.Contact(other))!.Assignee);
        // Who fits later is not touched by what was begun before.
        await account.Create("Late", tags: "Lead");
        await account.Work();
        Assert.Equal(12L, await account.Ask<long>("select count(*) from contacts.contact where assignee_id = $1", dora.Id));
        var page = await browser.Get(begun.Url.PathAndQuery);
        Assert.Contains("Done", page.Text, StringComparison.Ordinal);
        await account.In(async s => (await s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [(await account.Ask<Guid>("select id from contacts.contact where first_name = 'Late'"))] }, default)).Value);
        await page.Submit("form[action$='/undo']", new { });
        Assert.Equal(before, await account.Ask<string>(All));
        Assert.Contains("Taken back", (await browser.Get(account.Page("contacts/bulk"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_deleted_comes_back_but_for_those_whose_address_somebody_has_now()
    {
        var account = await app.NewAccount();
        var (ann, bob) = (await account.Create("Ann", email: "ann@x.example", tags: "VIP"), await account.Create("Bob", email: "bob@x.example"));
        var started = await Start(account, new StartBulkAction { Do = "delete", Filter = ContactFilter.Everyone });
        await account.Work();
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.contact"));
        await account.Create("New Bob", email: "bob@x.example");
        var undone = await account.In(s => s.GetRequiredService<UndoBulkActionHandler>().Handle(new UndoBulkAction(started.Id), default));
        Assert.Equal((BulkAction.Undone, 2, 1), (undone.Value.State, undone.Value.Changed, undone.Value.PutBack));
        Assert.Equal(["VIP"], (await account.Contact(ann))!.Tags);
        Assert.Null(await account.Contact(bob));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.bin"));
    }

    [Fact]
    public async Task A_field_is_set_for_many_and_each_gets_its_own_value_back()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("shoe_size", CustomField.Number), app.Field("colour", CustomField.Choice, "Red\nBlue"));
        var ann = (await account.TryCreate(new CreateContact { FirstName = "Ann", Fields = new(StringComparer.Ordinal) { ["shoe_size"] = "38" } })).Value;
        var (bob, cleo) = (await account.Create("Bob"), (await account.TryCreate(new CreateContact { FirstName = "Cleo", Fields = new(StringComparer.Ordinal) { ["shoe_size"] = "40" } })).Value);
        var before = await account.Ask<string>(All);
        var browser = await account.SignIn();
        var list = await browser.Get(account.Page("contacts"));
        var ids = (string[])[ann.ToString(), bob.ToString(), cleo.ToString()];
        var refused = await list.Submit(".contact-list", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ids"] = ids, ["Field"] = "shoe_size", ["FieldValue"] = "large", ["Do"] = "field" });
        Assert.Contains("takes a number", refused.Text, StringComparison.Ordinal);
        var done = await list.Submit(".contact-list", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ids"] = ids, ["Field"] = "shoe_size", ["FieldValue"] = "40", ["Do"] = "field" });
        Assert.Contains("2 contacts changed.", done.Text, StringComparison.Ordinal);
        Assert.Equal("40", (await account.Contact(bob))!.Fields["shoe_size"]);
        Assert.Equal("[\"38\", \"40\"]", await account.Ask<string>("select (values -> 'fields.shoe_size')::text from contacts.contact_change where contact_id = $1 and what = 'edited'", ann));
        await done.Submit("form[action$='/undo']", new { });
        Assert.Equal(before, await account.Ask<string>(All));
        var coloured = await list.Submit(".contact-list", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ids"] = ids, ["Field"] = "colour=Blue", ["Do"] = "field" });
        Assert.Contains("3 contacts changed.", coloured.Text, StringComparison.Ordinal);
        Assert.Equal("Blue", (await account.Contact(ann))!.Fields["colour"]);
    }

    [Fact]
    public async Task Broken_off_between_two_batches_it_goes_on_and_does_each_once()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await own.Do("""
            insert into contacts.contact (tenant_id, id, first_name, last_name, company, sort_name, search_text, fields, minor, source, created_at, updated_at)
            select $1, gen_random_uuid(), 'P' || n, '', '', 'p' || n, 'p' || n, '{}', false, 'test', now(), now() from generate_series(1, 5200) n
            """, account.Id);
        await own.Do("""
            create function contacts.trip() returns trigger language plpgsql as $$ begin
                if (select count(*) from contacts.contact_tag) >= 5000 then raise exception 'the power went'; end if; return new; end $$;
            create trigger trip before insert on contacts.contact_tag for each row execute function contacts.trip();
            """);
        var started = await Start(account, new StartBulkAction { Do = "tag", Tag = "Everybody", Filter = ContactFilter.Everyone });
        await account.Work(mayFail: true);
        Assert.Equal(5000L, await account.Ask<long>("select count(*) from contacts.contact_tag"));
        Assert.Equal(5000, await account.Ask<int>("select changed from contacts.bulk_action where id = $1", started.Id));
        await own.Do("drop trigger trip on contacts.contact_tag; drop function contacts.trip()");
        own.Clock.Advance(TimeSpan.FromHours(1));
        await account.Work();
        Assert.Equal(5200L, await account.Ask<long>("select count(*) from contacts.contact_tag"));
        Assert.Equal(5200L, await account.Ask<long>("select count(distinct contact_id) from contacts.contact_change where what = 'tagged'"));
        Assert.Equal(5200L, await account.Ask<long>("select count(*) from contacts.contact_change where what = 'tagged'"));
        Assert.Equal(("done", 5200L), (await account.Ask<string>("select state from contacts.bulk_action"), await account.Ask<long>("select sum(cardinality(changed)) from contacts.bulk_batch where state = 1")));
        // And back, in the background as well.
        await account.In(s => s.GetRequiredService<UndoBulkActionHandler>().Handle(new UndoBulkAction(started.Id), default));
        await account.Work();
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.contact_tag"));
    }

    [Fact]
    public async Task Whoever_sees_only_their_own_changes_only_those_and_sees_nobody_elses_change()
    {
        var (account, cora, mina, theo) = await AssignedTests.Divided(app, Plura.Accounts.Data.Membership.Member, Plura.Accounts.Data.Sights.Mine);
        var whole = await Start(account, new StartBulkAction { Do = "tag", Tag = "Boss", Filter = ContactFilter.Everyone });
        await account.Work();
        Assert.Equal(HttpStatusCode.NotFound, (await cora.Browser.Get(account.Page($"contacts/bulk/{whole.Id}"))).Status);
        var asked = await (await cora.Browser.Get(account.Page("contacts"))).Submit(".contact-list", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Whole"] = "true", ["NewTag"] = "Hers", ["Do"] = "tag" });
        Assert.Contains("This concerns 1 contact", asked.Text, StringComparison.Ordinal);
        await asked.Submit("[name=_handler][value=confirm-bulk]", new { });
        await account.Work();
        Assert.Contains("Hers", (await account.Contact(mina))!.Tags);
        Assert.DoesNotContain("Hers", (await account.Contact(theo))!.Tags);
    }

    [Fact]
    public async Task Who_may_delete_and_not_bring_back_is_offered_no_undo_and_an_owner_takes_it_back()
    {
        var (account, cora, mina, _) = await AssignedTests.Divided(app, Plura.Accounts.Data.Membership.Member, Plura.Accounts.Data.Sights.Mine);
        var page = await (await cora.Browser.Get(account.Page("contacts"))).Submit(".contact-list", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ids"] = new[] { mina.ToString() }, ["Do"] = "delete" });
        Assert.Contains("1 contact moved to the bin.", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("form[action$='/undo']"));
        var action = await account.Ask<Guid>("select id from contacts.bulk_action where kind = 'delete'");
        Assert.DoesNotContain("Take it back", (await cora.Browser.Get(account.Page($"contacts/bulk/{action}"))).Text, StringComparison.Ordinal);
        await account.In(s => s.GetRequiredService<UndoBulkActionHandler>().Handle(new UndoBulkAction(action), default));
        Assert.Equal(1, await account.Ask<int>("select put_back from contacts.bulk_action where id = $1", action));
        Assert.NotNull(await account.Contact(mina));
    }

    [Fact]
    public async Task The_same_over_the_API_and_twice_is_once()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann");
        var started = await account.Api.PostJson("/api/v1/contacts/bulk", new { @do = "tag", tag = "New", filter = new { all = Array.Empty<object>() } });
        var id = started.GetProperty("id").GetGuid();
        Assert.Equal("running", started.GetProperty("state").GetString());
        var twice = await account.In(s => s.GetRequiredService<ConfirmBulkActionHandler>().Handle(new ConfirmBulkAction(id), default));
        Assert.Equal("bulk.begun", twice.Refusal?.Code);
        await account.Work();
        Assert.Contains("\"state\":\"done\"", (await account.Api.Call($"/api/v1/contacts/bulk/{id}")).Text);
        Assert.Equal("undone", (await account.Api.PostJson($"/api/v1/contacts/bulk/{id}/undo", new { })).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await account.Api.Call($"/api/v1/contacts/bulk/{id}/undo", HttpMethod.Post, new { })).Status);
        Assert.Empty((await account.Contact(ann))!.Tags);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await account.Api.Call("/api/v1/contacts/bulk", HttpMethod.Post, new { @do = "explode", ids = (Guid[])[ann] })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.NewAccount()).Api.Call($"/api/v1/contacts/bulk/{id}")).Status);
    }

    [Fact]
    public async Task After_sixty_days_it_is_forgotten()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await Start(account, new StartBulkAction { Do = "tag", Tag = "New", Ids = [await account.Create("Ann")] });
        own.Clock.Advance(TimeSpan.FromDays(59));
        await account.Work();
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.bulk_batch"));
        own.Clock.Advance(TimeSpan.FromDays(2));
        await account.Work();
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.bulk_batch"));
    }

    private static async Task<BulkStarted> Start(TestAccount account, StartBulkAction command) =>
        (await account.In(s => s.GetRequiredService<StartBulkActionHandler>().Handle(command, default))).Value;

    private static async Task<string[]> Story(TestAccount account, Guid contact) =>
        (await account.Ask<string[]>("select array_agg(what order by at, id) from contacts.contact_change where contact_id = $1 and what like '%tagged'", contact))!;
}
