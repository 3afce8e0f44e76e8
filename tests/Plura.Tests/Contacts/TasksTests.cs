using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Contacts;
using Plura.Platform;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Contacts;

/// <summary>The clock stands at Monday 2 November 2026, four in the morning in New York.</summary>
public sealed class TasksTests(PluraApp app)
{
    [Fact]
    public async Task The_api_sets_lists_changes_finishes_and_deletes_tasks()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var made = await account.Api.PostJson("/api/v1/tasks", new { title = "Call Ann", due = "2026-11-02T14:00", contact = ann, assignee = account.OwnerId });
        var id = made.GetProperty("id").GetGuid();
        Assert.Equal("2026-11-02T19:00:00+00:00", made.GetProperty("dueBy").GetString());
        Assert.Equal(("today", "Ann"), (made.GetProperty("state").GetString(), made.GetProperty("contact").GetProperty("name").GetString()));
        await account.Api.PostJson("/api/v1/tasks", new { title = "Late", due = "2026-11-01" });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Later", due = "2026-11-09" });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Some day" });
        Assert.Equal(["Late", "Call Ann", "Later", "Some day"], await Titles(account, ""));
        Assert.Equal(["Late"], await Titles(account, "?state=overdue"));
        Assert.Equal(["Call Ann"], await Titles(account, $"?assignee={account.OwnerId}"));
        Assert.Equal(["Call Ann"], await Titles(account, $"?contact={ann}"));
        Assert.Equal(["Later"], await Titles(account, "?state=upcoming"));

        using (var patched = await account.Api.Send(HttpMethod.Patch, $"/api/v1/tasks/{id}", JsonContent.Create(new { title = "Call Ann back", due = "" })))
            Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        Assert.Equal(JsonValueKind.Null, (await account.Api.GetJson($"/api/v1/tasks/{id}")).GetProperty("due").ValueKind);
        await account.Api.PostJson($"/api/v1/tasks/{id}/complete", new { });
        Assert.Equal(["Call Ann back"], await Titles(account, "?state=done"));
        await account.Api.PostJson($"/api/v1/tasks/{id}/reopen", new { });
        (await account.Api.Delete($"/api/v1/tasks/{id}")).Dispose();
        Assert.DoesNotContain("Call Ann back", await Titles(account, ""));
        await account.Api.PostJson($"/api/v1/tasks/{id}/restore", new { });
        Assert.Contains("Call Ann back", await Titles(account, ""));
    }

    [Fact]
    public async Task Pages_of_tasks_follow_each_other_without_gap_or_repetition()
    {
        var account = await app.NewAccount();
        for (var i = 0; i < 7; i++)
            await account.Api.PostJson("/api/v1/tasks", new { title = $"Task {i}", due = i < 4 ? "2026-12-01" : null });
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await account.Api.GetJson($"/api/v1/tasks?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("title").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        Assert.Equal(7, seen.Count);
        Assert.Equal(7, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_task_that_repeats_is_followed_by_the_next_and_opening_it_again_takes_that_away()
    {
        var account = await app.NewAccount();
        var id = (await account.Api.PostJson("/api/v1/tasks", new { title = "Water", due = "2026-10-31T09:00", repeat = "monthly" })).GetProperty("id").GetGuid();
        await account.Api.PostJson($"/api/v1/tasks/{id}/complete", new { });
        await account.Api.PostJson($"/api/v1/tasks/{id}/complete", new { });
        var next = Assert.Single((await account.Api.GetJson("/api/v1/tasks")).GetProperty("items").EnumerateArray());
        // November has no 31st; nine o'clock stays nine although the clocks changed in between.
        Assert.Equal("2026-11-30T09:00", next.GetProperty("due").GetString());
        Assert.Equal("2026-11-30T14:00:00+00:00", next.GetProperty("dueBy").GetString());
        await account.Api.PostJson($"/api/v1/tasks/{id}/reopen", new { });
        Assert.Equal(id, Assert.Single((await account.Api.GetJson("/api/v1/tasks")).GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Whoever_does_it_is_reminded_at_its_time_and_nobody_else()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var cora = await account.Colleague(own);
        var id = (await account.Api.PostJson("/api/v1/tasks", new { title = "Call the lab", due = "2026-11-02", remind = "2026-11-02T08:00", assignee = cora.Id })).GetProperty("id").GetGuid();
        using (var moved = await account.Api.Send(HttpMethod.Patch, $"/api/v1/tasks/{id}", JsonContent.Create(new { remind = "2026-11-02T09:30" })))
            Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        own.Clock.Advance(TimeSpan.FromHours(4.5));
        await account.Work();
        Assert.DoesNotContain("Reminder: Call the lab", await Today(cora.Email), StringComparison.Ordinal);
        own.Clock.Advance(TimeSpan.FromHours(1.5));
        await account.Work();
        Assert.Contains("Reminder: Call the lab", await Today(cora.Email), StringComparison.Ordinal);
        Assert.DoesNotContain("Reminder: Call the lab", await Today($"owner@{account.Slug}.example"), StringComparison.Ordinal);

        // Hours went by: whoever looks signs in first.
        async Task<string> Today(string email)
        {
            var page = await (await own.SignedIn(email)).Get(account.Page(""));
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("Sign in", page.All("h1"));
            return page.Text;
        }
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_beside_its_field()
    {
        var account = await app.NewAccount();
        Assert.Contains("due", await Refused(account, new { title = "x", due = "soon" }));
        Assert.Contains("due", await Refused(account, new { title = "x", repeat = "daily" }));
        Assert.Contains("title", await Refused(account, new { title = " " }));
        Assert.Contains("remind", await Refused(account, new { title = "x", remind = "2026-11-01T08:00", assignee = account.OwnerId }));
        Assert.Contains("assignee", await Refused(account, new { title = "x", remind = "2026-12-01T08:00" }));
        Assert.Contains("assignee", await Refused(account, new { title = "x", assignee = Guid.CreateVersion7(app.Clock.GetUtcNow()) }));
    }

    [Fact]
    public async Task Somebody_with_a_narrowed_sight_sees_their_own_tasks_and_those_of_their_contacts()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app, Membership.Member, Sights.Mine);
        var (mine, other) = (await account.Create("Mina"), await account.Create("Theo"));
        await account.In(s => s.GetRequiredService<AssignContactHandler>().Handle(new AssignContact { Ids = [mine], Assignee = cora.Id.ToString() }, default));
        await account.Api.PostJson("/api/v1/tasks", new { title = "For Mina", contact = mine });
        await account.Api.PostJson("/api/v1/tasks", new { title = "For Theo", contact = other });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Given", contact = other, assignee = cora.Id });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Of nobody" });
        var page = await cora.Browser.Get(account.Page("tasks?who=all"));
        Assert.Equal(["For Mina", "Given"], page.All("a[data-step]").Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Theo", page.Text, StringComparison.Ordinal);
        await using var open = await app.OpenApp();
        await using (var enter = TenantConnections.Set(open, account.Id, [cora.Id]))
            await enter.ExecuteNonQueryAsync();
        Assert.Equal(2L, await open.Ask<long>("select count(*) from contacts.task"));
        await account.Api.PostJson($"/api/v1/contacts/{other}/notes", new { text = "Secret" });
        Assert.Equal(0L, await open.Ask<long>("select count(*) from contacts.note"));
    }

    [Fact]
    public async Task Nobody_with_a_narrowed_sight_puts_a_task_out_of_it()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app, Membership.Member, Sights.Mine);
        var other = await account.Create("Theo");
        var id = (await account.Api.PostJson("/api/v1/tasks", new { title = "Given", contact = other, assignee = cora.Id })).GetProperty("id").GetGuid();
        var panel = await cora.Browser.Get(account.Page($"tasks?task={id}"));
        var refused = await panel.Submit(".side-panel form", new { Assignee = "none" });
        Assert.Contains("You would no longer see this task.", refused.Text, StringComparison.Ordinal);
        var own = await (await cora.Browser.Get(account.Page("tasks?task=new"))).Submit(".side-panel form", new { Title = "My own", Assignee = "none" });
        Assert.Contains("My own", own.All("a[data-step]"));
    }

    [Fact]
    public async Task Whoever_is_given_a_task_is_told_and_whoever_takes_one_is_not()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app);
        await account.SignIn();
        await (await account.Browser.Get(account.Page("tasks?task=new"))).Submit(".side-panel form", new { Title = "Order gloves", Assignee = cora.Id.ToString() });
        await (await account.Browser.Get(account.Page("tasks?task=new"))).Submit(".side-panel form", new { Title = "Order masks", Assignee = account.OwnerId.ToString() });
        Assert.Contains("Olivia Owner gave you a task: Order gloves", (await cora.Browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("gave you a task", (await account.Browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_adds_a_task_ticks_it_off_and_undoes_that()
    {
        var account = await app.NewAccount();
        var page = await (await account.SignIn()).Get(account.Page("tasks"));
        Assert.Contains("Nothing has to be done", page.Text, StringComparison.Ordinal);
        page = await page.Submit(".task-quick", new { Title = "Order gloves", Due = "2026-11-02" });
        Assert.Equal(["Today"], page.All(".task-group h2"));
        Assert.Contains("Order gloves", (await account.Browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
        page = await account.Browser.Get(account.Page("tasks"));
        var done = await page.Submit("form[action$='/complete']", new { });
        Assert.Empty(done.All("a[data-step]"));
        var back = await done.Submit(".toast-line form", new { });
        Assert.Equal(["Order gloves"], back.All("a[data-step]"));
    }

    [Fact]
    public async Task The_panel_sets_a_task_on_a_contact_changes_and_deletes_it()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var browser = await account.SignIn();
        var page = await (await browser.Get(account.Page($"contacts/{ann}?task=new"))).Submit(".side-panel form", new { Title = "Send the plan", Day = "2026-11-05", Time = "10:15" });
        Assert.Equal(["Send the plan"], page.All("a[data-step]"));
        Assert.Contains("Thursday 10:15", page.Text, StringComparison.Ordinal);
        var refused = await (await page.Click("Send the plan")).Submit(".side-panel form", new { Title = "" });
        Assert.Contains("Say what has to be done.", refused.Text, StringComparison.Ordinal);
        var saved = await (await page.Click("Send the plan")).Submit(".side-panel form", new { Title = "Send the offer" });
        Assert.Equal(["Send the offer"], saved.All("a[data-step]"));
        var gone = await (await saved.Click("Send the offer")).Submit("[name=_handler][value=delete-task]", new { });
        Assert.Empty(gone.All("a[data-step]"));
        Assert.Equal(["Send the offer"], (await gone.Submit(".toast-line form", new { })).All("a[data-step]"));
    }

    [Fact]
    public async Task The_panel_of_the_tasks_page_says_whom_a_task_is_about_and_takes_that_back()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var browser = await account.SignIn();
        var page = await (await browser.Get(account.Page("tasks?task=new"))).Submit(".side-panel form", new { Title = "Send the plan", Contact = ann.ToString() });
        Assert.Contains("Ann", page.Find(".task-facts").TextContent, StringComparison.Ordinal);
        var renamed = await (await page.Click("Send the plan")).Submit(".side-panel form", new { Title = "Send the offer" });
        Assert.Contains("Ann", renamed.Find(".task-facts").TextContent, StringComparison.Ordinal);
        var unknown = await (await renamed.Click("Send the offer")).Submit(".side-panel form", new { Contact = "", About = "Annabel" });
        Assert.Contains("Choose one of the contacts that are offered", unknown.Text, StringComparison.Ordinal);
        var alone = await (await renamed.Click("Send the offer")).Submit(".side-panel form", new { Contact = "", About = "" });
        Assert.Equal(["Send the offer"], alone.All("a[data-step]"));
        Assert.DoesNotContain("Ann", alone.Find(".task-facts").TextContent, StringComparison.Ordinal);
        var refused = await (await alone.Click("Send the offer")).Submit(".side-panel form", new { Contact = Guid.CreateVersion7(app.Clock.GetUtcNow()).ToString() });
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.task where contact_id is null"));
        Assert.Contains(ReadContact.Missing.Text, refused.Text, StringComparison.Ordinal);
    }

    private static async Task<List<string>> Titles(TestAccount account, string query) =>
        [.. (await account.Api.GetJson("/api/v1/tasks" + query)).GetProperty("items").EnumerateArray().Select(t => t.GetProperty("title").GetString()!)];

    private static async Task<IEnumerable<string>> Refused(TestAccount account, object body)
    {
        using var answer = await account.Api.Post("/api/v1/tasks", body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Select(e => e.Name).ToList();
    }
}
