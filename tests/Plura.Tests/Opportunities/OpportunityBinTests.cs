using Microsoft.Extensions.DependencyInjection;
using Plura.Opportunities;
using Plura.Tests.Contacts;

namespace Plura.Tests.Opportunities;

/// <summary>A deleted opportunity can come back for sixty days, and is gone for good then.</summary>
public sealed class OpportunityBinTests(PluraApp app)
{
    [Fact]
    public async Task A_deleted_opportunity_comes_back_by_undo_and_from_the_bin()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[1], value: 70000);
        var browser = await account.SignIn();
        var board = await (await browser.Get(account.Page($"opportunities/{card}"))).Submit("#delete-opportunity form", new { });
        Assert.Contains("“New roof” is deleted.", board.Text, StringComparison.Ordinal);
        var back = await board.Submit($"form[action$='/{card}/restore']", new { });
        Assert.Contains("The opportunity is back where it stood.", back.Text, StringComparison.Ordinal);
        Assert.Equal(stages[1], (await account.Card(card))!.StageId);

        Assert.Contains("The bin is empty", (await (await browser.Get(account.Page("opportunities/list"))).Click("Bin")).Text, StringComparison.Ordinal);
        (await account.Api.Delete($"/api/v1/opportunities/{card}")).Dispose();
        var bin = await browser.Get(account.Page("opportunities/bin"));
        Assert.Contains("New roof", bin.Text, StringComparison.Ordinal);
        Assert.Contains("$700", bin.Text, StringComparison.Ordinal);
        Assert.Contains("in 60 days", bin.Text, StringComparison.Ordinal);
        var restored = await bin.Submit("[name=_handler][value=restore-opportunity]", new { Id = card.ToString() });
        Assert.Contains("The opportunity is back where it stood.", restored.Text, StringComparison.Ordinal);
        Assert.Equal(stages[1], (await account.Card(card))!.StageId);
    }

    [Fact]
    public async Task After_sixty_days_it_is_gone_with_the_files_in_its_fields_and_others_stay()
    {
        await using var own = await app.Another();
        var (account, other) = (await own.NewAccount(), await own.NewAccount());
        var field = await account.ContractField("opportunity");
        var (_, stages) = await account.Pipeline();
        var ann = await account.Create("Ann");
        var (gone, stays) = (await account.Opportunity(ann, stages[0], "Gone"), await account.Opportunity(ann, stages[0], "Stays"));
        foreach (var card in (Guid[])[gone, stays])
            Assert.Null(await account.PutFields($"opportunities/{card}", new { contract = await account.Upload(field, "contract.pdf", 7) }));
        var files = Stored(own, account);
        var late = await other.Opportunity(await other.Create("Late"), (await other.Pipeline()).Stages[0]);
        (await account.Api.Delete($"/api/v1/opportunities/{gone}")).Dispose();

        own.Clock.Advance(TimeSpan.FromDays(59));
        (await other.Api.Delete($"/api/v1/opportunities/{late}")).Dispose();
        Assert.Equal(0, await Empty(own));
        Assert.Contains("tomorrow", (await (await account.SignIn()).Get(account.Page("opportunities/bin"))).Text, StringComparison.Ordinal);
        Assert.Equal(files, Stored(own, account));

        own.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        Assert.Equal(1, await Empty(own));
        Assert.Equal([stays], (await account.Ask<Guid[]>("select array_agg(id) from opportunities.opportunity"))!);
        Assert.Equal(files - 1, Stored(own, account));
        Assert.Equal([7], (await account.Download($"opportunities/{stays}"))!);
        Assert.Equal("opportunity.missing", (await account.In(s => s.GetRequiredService<RestoreOpportunityHandler>().Handle(new RestoreOpportunity { Id = gone }, default))).Refusal!.Code);
        // What was deleted later, in another account, can still come back.
        Assert.Null((await other.In(s => s.GetRequiredService<RestoreOpportunityHandler>().Handle(new RestoreOpportunity { Id = late }, default))).Refusal);
        Assert.Equal(0, await Empty(own));
    }

    private static Task<int> Empty(PluraApp app) => app.Services.GetRequiredService<EndDeleted>().Empty(default);

    private static int Stored(PluraApp app, TestAccount account) => Directory.EnumerateFiles(Path.Combine(app.Folder, "files", account.Id.ToString("N"), "attachments")).Count();
}
