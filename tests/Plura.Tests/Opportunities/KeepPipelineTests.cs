using Microsoft.Extensions.DependencyInjection;
using Plura.Opportunities;
using Plura.Platform;
using Plura.Tests.Contacts;

namespace Plura.Tests.Opportunities;

public sealed class KeepPipelineTests(PluraApp app)
{
    private static Task<Result<Guid>> Keep(TestAccount account, KeepPipeline command) => account.In(s => s.GetRequiredService<KeepPipelineHandler>().Handle(command, default));

    private static KeepPipeline As(PipelineView view) => new() { Id = view.Id, Version = view.Version, Name = view.Name, Stages = [.. view.Stages.Select(s => new StageWish { Id = s.Id, Name = s.Name, Color = s.Color, Probability = s.Probability, RottingDays = s.RottingDays, Needs = [.. s.Needs] })] };

    [Fact]
    public async Task Stages_are_renamed_reordered_and_added_by_one_save()
    {
        var account = await app.NewAccount();
        await account.Pipeline();
        var wish = As((await account.Pipelines())[0]);
        wish.Stages.Reverse();
        wish.Stages[0].Name = "Yes";
        wish.Stages.Add(new StageWish { Name = "Last", Color = "purple", Probability = 5 });
        Assert.Null((await Keep(account, wish)).Refusal);
        var now = (await account.Pipelines())[0];
        Assert.Equal(["Yes", "Offer sent", "In touch", "New", "Last"], now.Stages.Select(s => s.Name));
        Assert.Equal(["close_date", "value"], now.Stages[0].Needs);
    }

    [Fact]
    public async Task A_save_over_somebody_elses_change_is_refused()
    {
        var account = await app.NewAccount();
        await account.Pipeline();
        var (mine, theirs) = (As((await account.Pipelines())[0]), As((await account.Pipelines())[0]));
        Assert.Null((await Keep(account, theirs with { Name = "Theirs" })).Refusal);
        Assert.Equal("pipeline.changed_elsewhere", (await Keep(account, mine)).Refusal?.Code);
    }

    [Fact]
    public async Task A_stage_with_cards_goes_only_when_they_go_somewhere()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        var wish = As((await account.Pipelines())[0]);
        wish.Stages.RemoveAt(0);
        var refused = (await Keep(account, wish)).Refusal;
        Assert.Contains("1 opportunity stands in “New”", refused?.Text, StringComparison.Ordinal);
        wish.MoveTo[stages[0]] = stages[1];
        Assert.Null((await Keep(account, wish)).Refusal);
        Assert.Equal(stages[1], (await account.Card(card))!.StageId);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from opportunities.opportunity_step where opportunity_id = $1 and what = 'moved' and from_stage = 'New'", card));
    }

    [Fact]
    public async Task The_board_that_cards_of_a_deleted_stage_come_to_hears_of_it()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var (other, others) = await account.Pipeline("Repairs");
        await account.Opportunity(await account.Create("Ann"), stages[0]);
        var wish = As((await account.Pipelines())[0]);
        wish.Stages.RemoveAt(0);
        wish.MoveTo[stages[0]] = others[0];
        using var ear = app.Services.GetRequiredService<LiveTopics>().Listen(account.Id, [BoardNews.Topic(other)]);
        Assert.Null((await Keep(account, wish)).Refusal);
        Assert.Equal([Ring.Of(account.Id, BoardNews.Topic(other))], await ear.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_pipeline_with_cards_goes_only_when_they_go_to_another()
    {
        var account = await app.NewAccount();
        var (pipeline, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        Task<Result> Delete(Guid? to) => account.In(s => s.GetRequiredService<DeletePipelineHandler>().Handle(new DeletePipeline { Id = pipeline, MoveTo = to }, default));
        Assert.Equal("pipeline.not_empty", (await Delete(null)).Refusal?.Code);
        Assert.Equal("stage.missing", (await Delete(stages[1])).Refusal?.Code);
        var (other, others) = await account.Pipeline("Repairs");
        Assert.Null((await Delete(others[2])).Refusal);
        Assert.Equal((other, others[2]), ((await account.Card(card))!.PipelineId, (await account.Card(card))!.StageId));
        Assert.Equal(["Repairs"], (await account.Pipelines()).Select(p => p.Name));
    }

    [Fact]
    public async Task Pipelines_stand_in_the_order_that_the_account_gives_them()
    {
        var account = await app.NewAccount();
        await account.Pipeline("Sales");
        var (repairs, _) = await account.Pipeline("Repairs");
        await account.Pipeline("Rentals");
        var page = await (await account.SignIn()).Get(account.Page($"settings/pipelines/{repairs}"));
        Assert.Equal("2", page.Find("[name=Place] option[selected]").GetAttribute("value"));
        var saved = await page.Submit("[name='Stage:0']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Place"] = "1", ["Do"] = "save" });
        Assert.Contains("Saved.", saved.Text, StringComparison.Ordinal);
        Assert.Equal(["Repairs", "Sales", "Rentals"], (await account.Pipelines()).Select(p => p.Name));
    }

    [Theory]
    [InlineData("", 50, 3, "grey", "stage.name")]
    [InlineData("New", 101, 3, "grey", "stage.probability")]
    [InlineData("New", 50, 0, "grey", "stage.rotting")]
    [InlineData("New", 50, 3, "pink", "stage.color")]
    public async Task What_a_stage_cannot_be_is_refused(string name, int probability, int rotting, string color, string code)
    {
        var account = await app.NewAccount();
        Assert.Equal(code, (await Keep(account, new KeepPipeline { Name = "Sales", Stages = [new() { Name = name, Probability = probability, RottingDays = rotting, Color = color }] })).Refusal?.Code);
    }

    [Fact]
    public async Task The_page_moves_adds_and_takes_out_rows_before_anything_is_saved()
    {
        var account = await app.NewAccount();
        var (pipeline, _) = await account.Pipeline();
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page($"settings/pipelines/{pipeline}"));
        var moved = await page.Submit("[name='Stage:0']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Stage:0"] = "First", ["Do"] = "down:0" });
        Assert.Equal(["In touch", "First"], moved.Document.QuerySelectorAll("[name^='Stage:']").Take(2).Select(i => i.GetAttribute("value")));
        Assert.Equal("New", (await account.Pipelines())[0].Stages[0].Name);
        var saved = await moved.Submit("[name='Stage:0']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Do"] = "save" });
        Assert.Contains("In touch → First → Offer sent", saved.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_of_a_new_account_begins_with_the_usual_stages()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var board = await (await browser.Get(account.Page("opportunities"))).Submit("[name=_handler][value=usual]", new { });
        Assert.Equal(["New", "In touch", "Offer sent", "Agreed"], board.All(".board-stage h2"));
    }
}
