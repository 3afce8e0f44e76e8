using System.Text.Json;
using System.Text.Json.Nodes;
using Plura.Automations;
using static Plura.Tests.Automations.AutomationDesk;

namespace Plura.Tests.Automations;

/// <summary>Automations as text, and recipes.</summary>
public sealed class FlowTextTests(PluraApp app)
{
    public static TheoryData<string> Words => [.. Recipes.All.Select(r => r.Word)];

    [Fact]
    public void There_are_recipes_for_the_first_day() => Assert.True(Recipes.All.Count >= 12, $"There are {Recipes.All.Count}.");

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_recipe_is_ready_to_be_published(string word)
    {
        var account = await app.NewAccount();
        var id = (await account.Api.PostJson("/api/v1/automations/import", new { recipe = word })).GetProperty("id").GetGuid();
        var drawn = await account.Api.GetJson($"/api/v1/automations/{id}");
        Assert.Equal("[]", drawn.GetProperty("problems").GetRawText());
        Assert.Equal(1, (await account.Api.PostJson($"/api/v1/automations/{id}/publish", new { })).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task What_is_written_reads_as_the_same_flow_whatever_stands_in_it()
    {
        var account = await app.NewAccount();
        var random = new Random(6);
        var tag = await account.Tag("Late: yes, “quite” #1");
        string[] texts = ["plain", "3", "true", "null", "", " spaced ", "a: b", "- list", "# no comment", "line\nline\n", "tab\there", "“quotes” and 'others' \"too\"", "{{ contact.first_name | default: \"there\" }}", "ünï ☕ 🥐", "\\ back \\n", "<p>One</p>\n<p>Two</p>", "yes", "1e3", "0012", "@at", "%per", "&and", "*star"];
        for (var n = 0; n < 25; n++)
        {
            var flow = new Flow { Triggers = [new FlowTrigger("tag_added", tag, new JsonObject { ["field"] = "tag", ["op"] = "is", ["value"] = Text() })], Steps = Steps(0), Again = n % 2 == 0 ? "always" : "once", StopWhen = n % 3 == 0 ? "replied" : null, Hours = n % 4 == 0 ? new Hours("workdays", "09:00", "17:00") : null };
            if (flow.Steps.Count > 0)
                flow = flow with { Steps = [.. flow.Steps, Step("go_to", new { step = flow.Steps[0].Id })] };
            var id = (await account.Api.PostJson("/api/v1/automations", new { name = $"Flow {n}" })).GetProperty("id").GetGuid();
            await account.Draw(id, flow);
            var text = await Read(account, id);
            var copy = (await account.Api.PostJson("/api/v1/automations/import", new { text })).GetProperty("id").GetGuid();
            Assert.Equal(text, await Read(account, copy));
            Assert.Equal(Bare(await Drawn(account, id)), Bare(await Drawn(account, copy)));
        }

        List<FlowStep> Steps(int depth)
        {
            var steps = new List<FlowStep>();
            for (var n = random.Next(depth == 0 ? 1 : 0, 4); n > 0; n--)
                steps.Add(random.Next(5) switch
                {
                    0 => Step("add_tag", new { tag }),
                    1 => Step("send_email", new { subject = Text(), html = Text() }),
                    2 => Step("wait_for", new { kind = "tag_removed", thing = tag, amount = "2", unit = "days" }) with { Branches = [Branch("It happened", null, [.. depth < 3 ? Steps(depth + 1) : []]), Branch("Time ran out", null)] },
                    3 => Step("if") with { Branches = [Branch(Text() + "x", new { field = "tag", op = "is", value = Text() }, [.. depth < 3 ? Steps(depth + 1) : []]), Branch("Otherwise", null)] },
                    _ => Step("add_note", new { text = Text() }),
                });
            return steps;
        }

        string Text() => texts[random.Next(texts.Length)];
    }

    [Theory]
    [InlineData("", "paste the whole text")]
    [InlineData("hello", "begins with “automation:”")]
    [InlineData("automation: A\nsteps:\n  - fly: {}", "No step is called “fly”")]
    [InlineData("automation: A\nbegins:\n  - when: pigs_fly\nsteps: []", "called “pigs_fly”")]
    [InlineData("automation: A\nsteps: [", "cannot be read")]
    [InlineData("automation: &a A\nsteps: []", "Anchors")]
    [InlineData("automation: A\ncolour: red", "“colour” has no meaning")]
    [InlineData("automation: A\nautomation: B", "twice")]
    public async Task What_cannot_be_read_says_where_and_why(string text, string why)
    {
        var account = await app.NewAccount();
        using var refused = await account.Posts("automations/import", new { text });
        Assert.Equal(422, (int)refused.StatusCode);
        var said = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").EnumerateObject().SelectMany(e => e.Value.EnumerateArray()).Select(e => e.GetString());
        Assert.Contains(said, s => s!.Contains(why, StringComparison.Ordinal));
        Assert.Equal(0, await account.Ask<long>("select count(*) from automations.automation where tenant_id = $1", account.Id));
    }

    [Fact]
    public async Task Deep_nesting_is_refused_before_it_harms()
    {
        var account = await app.NewAccount();
        using var refused = await account.Posts("automations/import", new { text = "automation: " + new string('[', 90_000) });
        Assert.Equal(422, (int)refused.StatusCode);
    }

    [Fact]
    public async Task A_recipe_is_chosen_on_the_page_and_its_text_is_taken_along()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var page = await (await account.Browser.Get(account.Page("automations/new"))).Submit(".recipes", new { Recipe = "missed-you" });
        Assert.Contains("We missed you", page.Text, StringComparison.Ordinal);
        var text = await Read(account, await account.Ask<Guid>("select id from automations.automation where tenant_id = $1", account.Id));
        Assert.StartsWith("automation: We missed you\n", text, StringComparison.Ordinal);
        page = await (await account.Browser.Get(account.Page("automations/new"))).Submit(".flow-import form", new { Text = text.Replace("We missed you", "Come again", StringComparison.Ordinal) });
        Assert.Contains("Come again", page.Text, StringComparison.Ordinal);
    }

    private static async Task<string> Read(TestAccount account, Guid id)
    {
        using var answer = await account.Api.Send(HttpMethod.Get, $"/api/v1/automations/{id}/text");
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<Flow> Drawn(TestAccount account, Guid id) => Flow.Read((await account.Api.GetJson($"/api/v1/automations/{id}")).GetProperty("flow").GetRawText());

    /// <summary>The flow with every id by its place.</summary>
    private static string Bare(Flow flow)
    {
        var json = flow.Json();
        foreach (var (id, place) in flow.All.SelectMany(s => new[] { s.Id }.Concat((s.Branches ?? []).Select(b => b.Id))).Select((id, n) => (id, n)).ToList())
            json = json.Replace(id.ToString(), $"#{place}", StringComparison.Ordinal);
        return json;
    }
}
