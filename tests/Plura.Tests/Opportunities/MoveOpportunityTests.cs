using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Tests.Contacts;

namespace Plura.Tests.Opportunities;

public sealed class MoveOpportunityTests(PluraApp app)
{
    [Fact]
    public async Task A_move_leaves_a_line_of_history_with_who_and_when()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        Assert.Null((await account.Move(card, stages[1])).Refusal);
        Assert.Equal(stages[1], (await account.Card(card))!.StageId);
        Assert.Equal(2L, await account.Ask<long>("select count(*) from opportunities.opportunity_step where opportunity_id = $1", card));
        Assert.Equal("New → In touch", await account.Ask<string>("select from_stage || ' → ' || to_stage from opportunities.opportunity_step where opportunity_id = $1 and what = 'moved'", card));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => account.Ask<int>("update opportunities.opportunity_step set by = 'x'"));
    }

    [Fact]
    public async Task A_stage_that_asks_for_more_refuses_the_card_and_says_what_it_needs()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        var refused = (await account.Move(card, stages[3])).Refusal;
        Assert.Equal("opportunity.fields_missing", refused?.Code);
        Assert.Equal(["CloseOn", "Value"], refused!.Fields.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("“Agreed” an opportunity needs a value and an expected close date", refused.Text, StringComparison.Ordinal);
        Assert.Equal(stages[0], (await account.Card(card))!.StageId);
    }

    [Fact]
    public async Task The_page_offers_to_fill_in_what_is_missing_and_then_it_moves()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        var browser = await account.SignIn();
        var ask = await (await browser.Get(account.Page($"opportunities/{card}"))).Submit("form[action$='/move']", new { stage = stages[2].ToString() });
        Assert.Contains("It has not moved yet", ask.Text, StringComparison.Ordinal);
        var wrong = await ask.Submit("[name='Command.Value']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Value"] = "much" });
        Assert.Contains("Write an amount", wrong.Text, StringComparison.Ordinal);
        Assert.Equal("much", wrong.Find("[name='Command.Value']").GetAttribute("value"));
        var moved = await wrong.Submit("[name='Command.Value']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Value"] = "1,250.50" });
        Assert.Contains("moved to Offer sent", moved.Text, StringComparison.Ordinal);
        Assert.Equal((125050L, "USD"), ((await account.Card(card))!.ValueMinor!.Value, (await account.Card(card))!.Currency));
    }

    [Fact]
    public async Task Of_two_who_move_the_same_card_one_wins_and_the_other_is_told()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        var seen = (await account.Card(card))!.Version;
        Assert.Null((await account.Move(card, stages[1], seen)).Refusal);
        Assert.Equal("opportunity.changed_elsewhere", (await account.Move(card, stages[0], seen)).Refusal?.Code);
        // The same idea twice, or a second press, is no mistake.
        Assert.Null((await account.Move(card, stages[1], seen)).Refusal);
        var both = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => account.Mark(card, n % 2 == 0 ? "won" : "lost", "race")));
        Assert.All(both.Where(b => !b.Ok), b => Assert.Equal("opportunity.changed_elsewhere", b.Refusal!.Code));
        Assert.Contains(both, b => b.Ok);
    }

    [Fact]
    public async Task Of_two_moves_from_the_same_version_at_once_one_wins_the_other_is_refused_and_nothing_is_lost()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var ann = await account.Create("Ann");
        for (var round = 0; round < 4; round++)
        {
            var card = await account.Opportunity(ann, stages[0], value: 100);
            var seen = (await account.Card(card))!.Version;
            await using var holder = await app.OpenOwner();
            await using var hold = await holder.BeginTransactionAsync();
            await holder.Do("select from opportunities.opportunity where id = $1 for update", card);
            var moves = new[] { stages[1], stages[2] }.Select(stage => account.Api.Post($"/api/v1/opportunities/{card}/move", new { stage, version = seen })).ToArray();
            // Both have read the card, and neither has written it yet.
            while (!Array.Exists(moves, m => m.IsCompleted) && await app.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%opportunities.opportunity%'") < 2)
                await Task.Yield();
            await hold.CommitAsync();
            var answers = await Task.WhenAll(moves);

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
            var refused = await answers.Single(a => a.StatusCode == HttpStatusCode.Conflict).Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("opportunity.changed_elsewhere", refused.GetProperty("code").GetString());
            Assert.Contains("Somebody else changed this opportunity a moment ago", refused.ToString(), StringComparison.Ordinal);
            var won = Array.FindIndex(answers, a => a.StatusCode == HttpStatusCode.OK);
            Assert.Equal((stages[won + 1], 100L), ((await account.Card(card))!.StageId, (await account.Card(card))!.ValueMinor!.Value));
            Assert.Equal([stages[won + 1]], (await account.Ask<Guid[]>("select array_agg(to_stage_id) from opportunities.opportunity_step where opportunity_id = $1 and what = 'moved'", card))!);
            Assert.Null((await account.Move(card, stages[2 - won])).Refusal);
        }
    }

    [Fact]
    public async Task A_stage_asks_for_fields_of_the_accounts_own_which_are_filled_in_on_the_way()
    {
        var account = await app.NewAccount();
        foreach (var (label, kind) in new[] { ("Insurance", "text"), ("Offer", "number") })
            Assert.Null((await account.In(s => s.GetRequiredService<KeepFieldHandler>().Handle(new KeepField { Entity = "opportunity", Label = label, Kind = kind, Privacy = "none" }, default))).Refusal);
        var (pipeline, stages) = await account.Pipeline();
        var browser = await account.SignIn();
        var rules = await browser.Get(account.Page($"settings/pipelines/{pipeline}"));
        await rules.Submit("[name='Stage:0']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Needs:1"] = (string[])["fields.insurance", "value"], ["Do"] = "save" });
        Assert.Equal(["fields.insurance", "value"], (await account.Pipelines())[0].Stages[1].Needs);

        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        var refused = (await account.Move(card, stages[1])).Refusal;
        Assert.Equal(["Fields.insurance", "Value"], refused!.Fields.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("“In touch” an opportunity needs a value and “Insurance”", refused.Text, StringComparison.Ordinal);
        var ask = await browser.Get(account.Page($"opportunities/{card}?to={stages[1]}"));
        Assert.Null(ask.Document.QuerySelector("[name='Command.Fields[offer]']"));
        var moved = await ask.Submit("[name='Command.Value']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Value"] = "10", ["Command.Fields[insurance]"] = "Pays a part" });
        Assert.Contains("moved to In touch", moved.Text, StringComparison.Ordinal);
        Assert.Equal("Pays a part", (await account.Card(card))!.Fields["insurance"]);
        // What it asks for may not be emptied there.
        Assert.Contains("opportunity.fields_missing", await account.PutFields($"opportunities/{card}", new { insurance = "" }), StringComparison.Ordinal);

        // A field that is not in use any more is not asked for, and stands in the way of no save.
        var field = await account.Ask<Guid>("select id from contacts.custom_field where key = 'insurance'");
        await account.Api.PostJson($"/api/v1/fields/{field}/retire", new { });
        await account.StageAsks(stages[2], "value");
        Assert.Null((await account.Move(await account.Opportunity(await account.Create("Ben"), stages[0], value: 5), stages[1])).Refusal);
        using var unknown = await account.Api.Post("/api/v1/pipelines", new { name = "Other", stages = new[] { new { name = "New", needs = new[] { "fields.nothing" } } } });
        Assert.Contains("stage.needs", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_card_goes_back_with_the_time_it_had()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        var since = (await account.Card(card))!.StageSince;
        await account.Move(card, stages[1]);
        Assert.Null((await account.Undo(card)).Refusal);
        var back = (await account.Card(card))!;
        Assert.Equal((stages[0], since), (back.StageId, back.StageSince));
        await account.Mark(card, "lost", "Too dear");
        Assert.Equal("Too dear", (await account.Card(card))!.Reason);
        var closed = (await account.Card(card))!.ClosedAt;
        await account.Undo(card);
        Assert.Equal<(string, DateTimeOffset?)>(("open", null), ((await account.Card(card))!.Status, (await account.Card(card))!.ClosedAt));
        await account.Undo(card);
        Assert.Equal(("lost", "Too dear", closed), ((await account.Card(card))!.Status, (await account.Card(card))!.Reason, (await account.Card(card))!.ClosedAt));
    }

    [Fact]
    public async Task Only_the_last_step_can_be_taken_back_and_a_new_card_has_none()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        Assert.Equal("opportunity.nothing_to_undo", (await account.Undo(card)).Refusal?.Code);
        await account.Move(card, stages[1]);
        var first = await account.Ask<Guid>("select id from opportunities.opportunity_step where what = 'moved'");
        await account.Mark(card, "won");
        Assert.Equal("opportunity.changed_elsewhere", (await account.Undo(card, first)).Refusal?.Code);
    }

    [Fact]
    public async Task A_closed_card_does_not_move_and_losing_needs_a_reason()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        Assert.Equal(["Reason"], (await account.Mark(card, "lost")).Refusal!.Fields.Keys);
        await account.Mark(card, "won");
        Assert.Equal("opportunity.closed", (await account.Move(card, stages[1])).Refusal?.Code);
        Assert.Null((await account.Mark(card, "open")).Refusal);
        Assert.Null((await account.Move(card, stages[1])).Refusal);
    }

    [Fact]
    public async Task The_board_answers_a_drag_in_json_and_the_menu_by_coming_back_with_undo()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        var browser = await account.SignIn();
        var board = await browser.Get(account.Page("opportunities"));
        var token = board.Find("[data-board-undo] [name=__RequestVerificationToken]").GetAttribute("value")!;
        using var drag = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("stage", stages[1].ToString()), new("version", "1")]);
        using var stale = await browser.Send(HttpMethod.Post, account.Page($"opportunities/{card}/move"), drag, follow: false, accept: "application/json");
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var version = board.Find(".deal").GetAttribute("data-version")!;
        using var again = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("stage", stages[1].ToString()), new("version", version)]);
        using var moved = await browser.Send(HttpMethod.Post, account.Page($"opportunities/{card}/move"), again, follow: false, accept: "application/json");
        Assert.Equal("“New roof” moved to In touch.", (await moved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("said").GetString());

        var menu = await (await browser.Get(account.Page("opportunities"))).Submit($".deal form[action$='/{card}/move']", new { stage = stages[0].ToString() });
        Assert.Contains("“New roof” moved to New.", menu.Text, StringComparison.Ordinal);
        var undone = await menu.Submit($".notice form[action$='/{card}/undo']", new { });
        Assert.Contains("Taken back", undone.Text, StringComparison.Ordinal);
        Assert.Equal(stages[1], (await account.Card(card))!.StageId);
    }
}
