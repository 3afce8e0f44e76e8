using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Contacts;
using Plura.Opportunities;
using Plura.Platform;
using Plura.Tests.Contacts;

namespace Plura.Tests.Opportunities;

public sealed class OpportunityApiTests(PluraApp app)
{
    [Fact]
    public async Task An_opportunity_is_made_read_changed_moved_closed_and_deleted()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann");
        var pipeline = await account.Api.PostJson("/api/v1/pipelines", new { name = "Sales", stages = new object[] { new { name = "New", probability = 10 }, new { name = "Offer", color = "blue", probability = 60, needs = new[] { "value" } } } });
        var offer = pipeline.GetProperty("stages")[1].GetProperty("id").GetGuid();
        var made = await account.Api.PostJson("/api/v1/opportunities", new { name = "Roof", contact = ann, closeOn = "2027-03-01", source = "Website" });
        var address = $"/api/v1/opportunities/{made.GetProperty("id").GetGuid()}";
        Assert.Equal(("New", "USD", "open", "Ann"), (made.GetProperty("stage").GetString(), made.GetProperty("currency").GetString(), made.GetProperty("status").GetString(), made.GetProperty("contact").GetString()));
        using (var refused = await account.Api.Post($"{address}/move", new { stage = offer }))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("opportunity.fields_missing", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("Offer", (await account.Api.PostJson($"{address}/move", new { stage = offer, value = "1.250,50" })).GetProperty("stage").GetString());
        using (var emptied = await account.Api.Send(HttpMethod.Patch, address, JsonContent.Create(new { value = "" }), follow: false))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, emptied.StatusCode);
        using (var centless = await account.Api.Send(HttpMethod.Patch, address, JsonContent.Create(new { currency = "JPY" }), follow: false))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, centless.StatusCode);
        using (var edited = await account.Api.Send(HttpMethod.Patch, address, JsonContent.Create(new { name = "Two roofs", currency = "EUR" }), follow: false))
            Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
        var read = await account.Api.GetJson(address);
        Assert.Equal(("Two roofs", 125050L, "EUR"), (read.GetProperty("name").GetString(), read.GetProperty("valueMinor").GetInt64(), read.GetProperty("currency").GetString()));
        Assert.Equal("lost", (await account.Api.PostJson($"{address}/status", new { status = "lost", reason = "Too dear" })).GetProperty("status").GetString());
        Assert.Equal("open", (await account.Api.PostJson($"{address}/undo", new { })).GetProperty("status").GetString());
        using (var gone = await account.Api.Delete(address))
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        using (var missing = await account.Api.Send(HttpMethod.Get, address))
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("Two roofs", (await account.Api.PostJson($"{address}/restore", new { })).GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_search_finds_by_name_contact_and_filters_and_pages_by_cursor()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var (ann, ben) = (await account.Create("Ann", "Miller"), await account.Create("Ben"));
        for (var n = 0; n < 5; n++)
            await account.Opportunity(ann, stages[0], $"Roof {n}");
        var window = await account.Opportunity(ben, stages[1], "Window");
        await account.Mark(window, "won");
        async Task<string[]> Find(object query) => [.. (await account.Api.PostJson("/api/v1/opportunities/search", query)).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()!)];
        Assert.Equal(["Window"], await Find(new { text = "wind" }));
        Assert.Equal(5, (await Find(new { text = "miller" })).Length);
        Assert.Equal(["Window"], await Find(new { status = "won" }));
        Assert.Equal(["Window"], await Find(new { stage = stages[1] }));
        Assert.Empty(await Find(new { contact = ben, status = "open" }));
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await account.Api.PostJson("/api/v1/opportunities/search", new { limit = 4, cursor });
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        Assert.Equal(6, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(6, names.Count);
    }

    [Fact]
    public async Task A_search_that_finds_more_than_it_looks_at_says_so()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0], "Common name");
        await new ImportDesk(account).Import("E-Mail\n" + string.Concat(Enumerable.Range(0, ListOpportunitiesHandler.MostContacts).Select(n => $"crowd{n}@example.com\n")));
        Task<System.Text.Json.JsonElement> Find(string text) => account.Api.PostJson("/api/v1/opportunities/search", new { text, limit = 10 });
        Assert.False((await Find("common")).GetProperty("capped").GetBoolean());
        Assert.True((await Find("crowd")).GetProperty("capped").GetBoolean());
        await app.Do("""
            insert into opportunities.opportunity
            select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid()))).* from opportunities.opportunity o, generate_series(1, $2) where o.id = $1
            """, card, ListOpportunitiesHandler.SearchCap);
        var found = await Find("common");
        Assert.Equal((true, 10), (found.GetProperty("capped").GetBoolean(), found.GetProperty("items").GetArrayLength()));
        var browser = await account.SignIn();
        Assert.Contains("type more to narrow it down", (await browser.Get(account.Page("opportunities/list?q=common"))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("type more to narrow it down", (await browser.Get(account.Page("opportunities/list?q=ann"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_accounts_stage_and_contact_do_not_exist()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var (_, stages) = await mine.Pipeline();
        var (_, theirs) = await other.Pipeline();
        var ann = await mine.Create("Ann");
        Assert.Equal("stage.missing", (await mine.TryOpportunity(new() { Name = "Roof", Contact = ann, Stage = theirs[0] })).Refusal?.Code);
        Assert.Equal("opportunity.contact", (await mine.TryOpportunity(new() { Name = "Roof", Contact = await other.Create("Ben"), Stage = stages[0] })).Refusal?.Code);
        var card = await mine.Opportunity(ann, stages[0]);
        Assert.Equal("opportunity.missing", (await other.Move(card, theirs[0])).Refusal?.Code);
    }

    [Fact]
    public async Task Whoever_sees_only_their_own_sees_cards_by_owner_and_by_contact()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app, Membership.Member, Sights.Mine);
        var (_, stages) = await account.Pipeline();
        var (mina, theo) = (await account.Create("Mina"), await account.Create("Theo"));
        await account.In(s => s.GetRequiredService<AssignContactHandler>().Handle(new AssignContact { Ids = [mina], Assignee = cora.Id.ToString() }, default));
        await account.Opportunity(mina, stages[0], "By contact", 100);
        var byOwner = await account.Opportunity(theo, stages[0], "By owner", 200, owner: cora.Id);
        var hidden = await account.Opportunity(theo, stages[0], "Hidden", 400);
        var board = await cora.Browser.Get(account.Page("opportunities"));
        Assert.Equal(["By contact", "By owner"], board.All(".deal-name").Order(StringComparer.Ordinal));
        Assert.Contains("2 cards · $3.00", board.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Theo", board.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await cora.Browser.Get(account.Page($"opportunities/{hidden}"))).Status);
        Assert.DoesNotContain("Hidden", (await cora.Browser.Get(account.Page("opportunities/list?q=hidden"))).All(".main a"));
        Assert.Equal(HttpStatusCode.Forbidden, (await cora.Browser.Get(account.Page("settings/pipelines"))).Status);
        var page = await cora.Browser.Get(account.Page($"opportunities/{byOwner}?edit=1"));
        var refused = await page.Submit("[name='Command.Owner']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Owner"] = account.OwnerId.ToString() });
        Assert.Contains("You would no longer see this opportunity.", refused.Text, StringComparison.Ordinal);
        await using var open = await app.OpenApp();
        await using (var enter = TenantConnections.Set(open, account.Id, [cora.Id]))
            await enter.ExecuteNonQueryAsync();
        Assert.Equal(2L, await open.Ask<long>("select count(*) from opportunities.opportunity"));
        Assert.Equal(0L, await open.Ask<long>("select count(*) from opportunities.opportunity_step where opportunity_id = $1", hidden));
        // The search passes the policies: what it must not find does not fill its cap either.
        Assert.Equal(2L, await open.Ask<long>("select count(*) from opportunities.search_opportunity(array['by'], 10)"));
        Assert.Equal(0L, await open.Ask<long>("select count(*) from opportunities.search_opportunity(array['hidden'], 10)"));
        Assert.Equal(0, await open.Do("update opportunities.opportunity set name = 'x' where id = $1", hidden));
    }

    [Theory]
    [InlineData("1,250.50", "USD", 125050L)]
    [InlineData("1.250,50", "EUR", 125050L)]
    [InlineData("$1,250", "USD", 125000L)]
    [InlineData("1250", "JPY", 1250L)]
    [InlineData("12.5", "USD", 1250L)]
    [InlineData("-5", "USD", null)]
    [InlineData("1250.50", "JPY", null)]
    [InlineData("12.3456", "USD", null)]
    [InlineData("much", "USD", null)]
    public void An_amount_is_read_as_people_write_it(string text, string currency, long? minor) => Assert.Equal(minor, Plura.Ui.Currencies.Parse(text, currency));
}
