using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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
        Assert.Contains("“Agreed” an opportunity needs an expected close date and a value", refused.Text, StringComparison.Ordinal);
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
        await account.Undo(card);
        Assert.Equal("open", (await account.Card(card))!.Status);
        await account.Undo(card);
        Assert.Equal(("lost", "Too dear"), ((await account.Card(card))!.Status, (await account.Card(card))!.Reason));
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
