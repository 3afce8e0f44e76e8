using static Plura.Tests.Automations.AutomationDesk;

namespace Plura.Tests.Automations;

/// <summary>An automation is drawn, published and looked at by its pages alone.</summary>
public sealed class BuildAutomationTests(PluraApp app)
{
    [Fact]
    public async Task The_list_says_what_to_do_first_and_then_shows_what_there_is()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        Assert.Contains("Let the first thing happen by itself", (await account.Browser.Get(account.Page("automations"))).Text, StringComparison.Ordinal);
        await account.Automation(When("contact_created", null, Step("end")), "Greeting");
        var list = await account.Browser.Get(account.Page("automations"));
        Assert.Contains("Greeting", list.Text, StringComparison.Ordinal);
        Assert.Contains("Version 1 runs", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_drawn_published_and_watched_from_nothing()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var tag = await account.Tag("VIP");
        var drawing = await (await browser.Get(account.Page("automations/new"))).Submit("[name='Name']", new { Name = "Greeting" });
        var home = drawing.Url.AbsolutePath;
        Assert.Contains("Choose what it begins with.", drawing.Text, StringComparison.Ordinal);

        var begun = await (await browser.Get($"{home}?trigger=new")).Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Kind"] = "tag_added", ["Do"] = "look" });
        drawing = await begun.Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["thing"] = tag.ToString(), ["Do"] = "save" });
        Assert.Contains("The tag “VIP” is added", drawing.Text, StringComparison.Ordinal);

        var step = await (await browser.Get($"{home}?add=start")).Submit(".side-panel form", new { Kind = "add_note" });
        Assert.Contains("Write what the note says", step.Text, StringComparison.Ordinal);
        drawing = await step.Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = "Is one of ours", ["Do"] = "save" });
        var choose = await (await browser.Get($"{home}?add=start")).Submit(".side-panel form", new { Kind = "if" });
        // A condition that is being chosen is shown with its inputs, and not kept yet.
        var asked = await choose.Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["field-2"] = "tag", ["Do"] = "look" });
        drawing = await asked.Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["BranchName"] = "Ours", ["value-2"] = new[] { "VIP" }, ["Do"] = "save" });
        Assert.DoesNotContain("missing before it can run", drawing.Text, StringComparison.Ordinal);
        drawing = await drawing.Submit("[name=_handler][value=publish]", new { });
        Assert.Contains("Version 1 runs", drawing.Text, StringComparison.Ordinal);

        var ann = (await account.Api.PostJson("/api/v1/contacts", new { firstName = "Ann", tags = new[] { "VIP" } })).GetProperty("id").GetGuid();
        await account.Automate(app);
        Assert.Equal(1, await account.Ask<long>("select count(*) from contacts.note where contact_id = $1", ann));
        var runs = await browser.Get($"{home}/runs");
        Assert.Contains("Ann", runs.Text, StringComparison.Ordinal);
        var run = await browser.Get(account.Page($"automations/runs/{await account.Ask<Guid>("select id from automations.run")}"));
        Assert.Contains("Went on: Ours", run.Text, StringComparison.Ordinal);
        Assert.Contains("passed 1 time", (await browser.Get(home)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_move_and_go()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var (first, second) = (Step("add_note", new { text = "First" }), Step("wait", new { amount = "1", unit = "days" }));
        var id = (await account.Api.PostJson("/api/v1/automations", new { name = "Order" })).GetProperty("id").GetGuid();
        await account.Draw(id, When("contact_created", null, first, second));
        var home = account.Page($"automations/{id}");
        await (await browser.Get($"{home}?step={second.Id}")).Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Do"] = "move-up" });
        Assert.Equal([second.Id, first.Id], await Steps());
        await (await browser.Get($"{home}?step={first.Id}")).Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Do"] = "take-out" });
        Assert.Equal([second.Id], await Steps());

        async Task<Guid[]> Steps() => [.. (await account.Api.GetJson($"/api/v1/automations/{id}")).GetProperty("flow").GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("id").GetGuid())];
    }

    [Fact]
    public async Task A_form_of_an_older_drawing_changes_nothing()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var id = (await account.Api.PostJson("/api/v1/automations", new { name = "Two" })).GetProperty("id").GetGuid();
        var old = await browser.Get(account.Page($"automations/{id}?add=start"));
        await account.Draw(id, When("contact_created", null, Step("end")));
        var answer = await old.Submit(".side-panel form", new { Kind = "wait" });
        Assert.Contains("Somebody changed this automation", answer.Text, StringComparison.Ordinal);
        Assert.Equal("end", (await account.Api.GetJson($"/api/v1/automations/{id}")).GetProperty("flow").GetProperty("steps")[0].GetProperty("kind").GetString());
    }
}
