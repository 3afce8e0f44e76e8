using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Opportunities;
using Plura.Tests.Contacts;

namespace Plura.Tests.Opportunities;

public sealed class BoardTests(PluraApp app)
{
    [Fact]
    public async Task The_board_shows_sums_of_all_cards_and_only_the_first_of_each_stage()
    {
        var account = await app.NewAccount();
        var (pipeline, stages) = await account.Pipeline();
        var ann = await account.Create("Ann");
        for (var n = 0; n < BoardView.First + 5; n++)
            await account.Opportunity(ann, stages[0], $"Card {n}", value: 10000);
        await account.Opportunity(ann, stages[1], "Other", value: 5000);
        var board = (await account.Board(new BoardView(pipeline)))!;
        Assert.Equal((BoardView.First + 5, BoardView.First), (board[0].Count, board[0].Cards.Count));
        Assert.Equal([("USD", 10000L * (BoardView.First + 5))], board[0].Sums);
        Assert.Equal((1, 0), (board[1].Count, board[2].Count));
        Assert.Equal(BoardView.First + 5, (await account.Board(new BoardView(pipeline, More: stages[0], Shown: 40)))![0].Cards.Count);
        var page = await (await account.SignIn()).Get(account.Page("opportunities"));
        Assert.Contains("Show more (5 left)", page.Text, StringComparison.Ordinal);
        Assert.Contains("$2,500.00", page.Text, StringComparison.Ordinal);
        Assert.Contains("Card 0", (await page.Click("Show more")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_stands_too_long_says_so_in_words()
    {
        var account = await app.NewAccount();
        var (pipeline, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        await app.Do("update opportunities.opportunity set stage_since = stage_since - interval '5 days' where id = $1", card);
        Assert.True((await account.Board(new BoardView(pipeline)))![0].Cards[0].WaitsTooLong);
        Assert.Contains("Waits too long: 5 days", (await (await account.SignIn()).Get(account.Page("opportunities"))).Text, StringComparison.Ordinal);
        await account.Mark(card, "won");
        Assert.False((await account.Card(card))!.WaitsTooLong);
    }

    [Fact]
    public async Task Deleted_cards_leave_the_board_and_come_back()
    {
        var account = await app.NewAccount();
        var (pipeline, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        var browser = await account.SignIn();
        var board = await (await browser.Get(account.Page($"opportunities/{card}"))).Submit("#delete-opportunity form", new { });
        Assert.DoesNotContain("class=\"deal\"", board.Html, StringComparison.Ordinal);
        var gone = await browser.Get(account.Page($"opportunities/{card}"));
        Assert.Equal(System.Net.HttpStatusCode.Gone, gone.Status);
        var back = await gone.Submit("[name=_handler][value=restore]", new { });
        Assert.Contains("It is back where it stood.", back.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await account.Board(new BoardView(pipeline)))![0].Count);
    }

    [Fact]
    public async Task A_deleted_contact_takes_its_cards_along_and_brings_them_back()
    {
        var account = await app.NewAccount();
        var (pipeline, stages) = await account.Pipeline();
        var ann = await account.Create("Ann");
        var card = await account.Opportunity(ann, stages[0], value: 700);
        var page = await (await account.SignIn()).Get(account.Page($"contacts/{ann}"));
        Assert.Contains("Its opportunities leave the board, and come back with the contact.", page.Text, StringComparison.Ordinal);
        Assert.Contains("New roof", page.Text, StringComparison.Ordinal);
        Assert.Contains("“New roof” became an opportunity", page.Text, StringComparison.Ordinal);
        await account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [ann] }, default));
        // Until the news arrives, and after it.
        Assert.Equal(1, (await account.Board(new BoardView(pipeline)))![0].Count);
        await account.Work();
        Assert.Equal(0, (await account.Board(new BoardView(pipeline)))![0].Count);
        Assert.Contains("Its contact is in the bin", (await account.Browser.Get(account.Page($"opportunities/{card}"))).Text, StringComparison.Ordinal);
        await account.In(s => s.GetRequiredService<RestoreContactHandler>().Handle(new RestoreContact { Id = ann }, default));
        await account.Work();
        Assert.Equal(("Ann", stages[0]), ((await account.Card(card))!.Contact!, (await account.Card(card))!.StageId));
    }

    [Fact]
    public async Task The_forecast_weighs_values_by_month_and_counts_how_far_cards_came()
    {
        var account = await app.NewAccount();
        var (pipeline, stages) = await account.Pipeline();
        var ann = await account.Create("Ann");
        await account.Opportunity(ann, stages[1], "A", 100000, "2027-01-10");
        await account.Opportunity(ann, stages[0], "B", 50000, "2027-01-31");
        await account.Opportunity(ann, stages[0], "C", 30000);
        var won = await account.Opportunity(ann, stages[0], "D", 10000, "2027-02-01");
        await account.Mark(won, "won");
        await account.In(async services =>
        {
            var months = await services.GetRequiredService<Forecast>().Months(pipeline, default);
            Assert.Equal([(new DateOnly(2027, 1, 1), 2, 55000L), (null, 1, 3000L)], months.Select(m => (m.Month, m.Count, m.WeighedMinor)));
            var reach = await services.GetRequiredService<Forecast>().Conversion((await services.GetRequiredService<PipelineBook>().All(default))[0], app.Clock.GetUtcNow().AddDays(-180), default);
            Assert.Equal([("New", 4), ("In touch", 2), ("Offer sent", 1), ("Agreed", 1), ("Won", 1)], reach.Select(r => (r.Stage, r.Count)));
        });
        var page = await (await account.SignIn()).Get(account.Page("opportunities/forecast"));
        Assert.Contains("January 2027", page.Text, StringComparison.Ordinal);
        Assert.Contains("$550.00", page.Text, StringComparison.Ordinal);
    }
}
