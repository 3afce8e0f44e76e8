using Plura.Accounts.Data;

namespace Plura.Tests;

/// <summary>Against a stop there is always an answer, and nobody can use it up for the owner.</summary>
public sealed class AppealTests(PluraApp app)
{
    [Fact]
    public async Task Five_answers_are_each_persons_own()
    {
        await using var own = await app.Another();
        var (staff, account) = (await OperatorStaff.At(own), await own.NewAccount());
        var admin = await account.Colleague(own, Membership.Admin, name: "Ada Admin");
        await staff.Stop(account, "Where do these addresses come from?");
        for (var n = 0; n < 5; n++)
            Assert.Contains("Your answer is with us", (await Answer(account, admin.Browser, $"Answer {n}")).Text, StringComparison.Ordinal);
        var sixth = await admin.Browser.Get(account.Page("stopped"));
        Assert.Contains("You have answered five times", sixth.Text, StringComparison.Ordinal);
        Assert.Null(sixth.Document.QuerySelector("textarea"));
        Assert.Contains("Your answer is with us", (await Answer(account, await account.SignIn(), "From our counter")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Membership.ReadOnly)]
    [InlineData(Membership.Member)]
    public async Task Whoever_does_not_manage_the_account_reads_why_and_does_not_answer(string role)
    {
        await using var own = await app.Another();
        var (staff, account) = (await OperatorStaff.At(own), await own.NewAccount());
        var rob = await account.Colleague(own, role, name: "Rob Reader");
        await staff.Stop(account, "Where do these addresses come from?");
        var page = await rob.Browser.Get(account.Page("stopped"));
        Assert.Contains("Where do these addresses come from?", page.Text, StringComparison.Ordinal);
        Assert.Contains("owners and those who manage it can answer here", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("textarea"));
    }

    private static async Task<WebPage> Answer(TestAccount account, Browser browser, string text) =>
        await (await browser.Get(account.Page("stopped"))).Submit("textarea[name='Command.Text']", new { Text = text });
}
