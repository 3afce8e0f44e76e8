using System.Net;

namespace Plura.Tests;

public sealed class UnfinishedWorkTests(PluraApp first)
{
    [Fact]
    public async Task With_nothing_unfinished_the_page_says_that_all_is_done()
    {
        var account = await first.NewAccount();
        var page = await (await account.SignIn()).Get(account.Page("settings/unfinished"));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Everything is done", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Retry", page.All("button"));
    }

    [Fact]
    public async Task The_owner_finds_what_died_by_a_notice_and_has_it_tried_again()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await app.HideOperator();
        await account.AskForLetter();
        await app.TryUntilGivenUp();
        var browser = await account.SignIn();

        var today = await browser.Get($"/a/{account.Slug}");
        Assert.Contains("“E-mail from this installation to one of you” did not finish", today.Text, StringComparison.Ordinal);
        var list = await today.Submit(".notice form", new { });
        Assert.EndsWith("/settings/unfinished", list.Url.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("E-mail from this installation to one of you", list.Text, StringComparison.Ordinal);
        Assert.Contains("Something went wrong in the program itself.", list.Text, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException in Plura.Messaging.SendSystemLetterHandler.Run", list.Find("main details.disclosure").TextContent, StringComparison.Ordinal);

        await app.ShowOperator();
        var again = await list.Submit("form[action$='/retry']", new { });
        Assert.Contains("We try it again.", again.Text, StringComparison.Ordinal);
        Assert.Contains("Being tried again", again.Text, StringComparison.Ordinal);
        await account.Work(mayFail: true);
        Assert.Contains("Everything is done", (await browser.Get(list.Url.AbsolutePath)).Text, StringComparison.Ordinal);
        Assert.Equal(1, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'account.retry_work'"));
    }

    [Fact]
    public async Task Ten_failures_are_one_notice_and_one_button_tries_them_all_again()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await app.HideOperator();
        for (var letter = 0; letter < 10; letter++)
            await account.AskForLetter();
        await app.TryUntilGivenUp();
        var browser = await account.SignIn();
        Assert.Equal(1, await account.Ask<long>("select count(*) from accounts.notice"));

        var list = await browser.Get(account.Page("settings/unfinished"));
        Assert.Contains("10 pieces of work wait for you", list.Text, StringComparison.Ordinal);
        await app.ShowOperator();
        var again = await list.Submit("form[action$='/unfinished/retry']", new { });
        Assert.Contains("We try it again: 10 pieces of work.", again.Text, StringComparison.Ordinal);
        await account.Work(mayFail: true);
        Assert.Contains("Everything is done", (await browser.Get(list.Url.AbsolutePath)).Text, StringComparison.Ordinal);
        // The ten letters, and the news of the failure to the owner.
        Assert.Equal(11, await app.Ask<long>("select count(*) from messaging.send where origin = 'system'"));
    }

    [Fact]
    public async Task What_fails_but_is_still_tried_is_shown_as_that()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        await app.HideOperator();
        await account.AskForLetter();
        await account.Work(mayFail: true);
        var page = await browser.Get(account.Page("settings/unfinished"));
        Assert.Contains("Being tried again", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Retry", page.All("main button"));
        Assert.Equal(0, await account.Ask<long>("select count(*) from accounts.notice"));
    }

    [Fact]
    public async Task Work_that_this_version_does_not_know_is_listed_too()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        foreach (var subscriber in (string[])["Plura.Gone.WhenHappened", "Plura.Contacts.ImportContactsJobHandler"])
        {
            await app.Do(
                "insert into platform.outbox_message (id, tenant_id, type, subscriber, payload, created_at, run_at, attempts) values (gen_random_uuid(), $1, 'Plura.Gone.Happened', $2, '{}', $3, $3, 0)",
                account.Id, subscriber, app.Clock.GetUtcNow());
        }

        await app.TryUntilGivenUp();
        var page = await (await account.SignIn()).Get(account.Page("settings/unfinished"));
        Assert.Contains("Work of another version of the program", page.Text, StringComparison.Ordinal);
        Assert.Contains("Import of a contact list", page.Text, StringComparison.Ordinal);
        Assert.Contains("This version of the program does not know this kind of work.", page.Text, StringComparison.Ordinal);
        Assert.Contains("We try it again: 2 pieces of work.", (await page.Submit("form[action$='/unfinished/retry']", new { })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_accounts_work_cannot_be_tried_again()
    {
        await using var app = await first.Another();
        var (one, two) = (await app.NewAccount(), await app.NewAccount());
        await app.HideOperator();
        await one.AskForLetter();
        await two.AskForLetter();
        await app.TryUntilGivenUp();
        var browser = await two.SignIn();
        var mine = await browser.Get(two.Page("settings/unfinished"));
        var (ours, theirs) = (await Dead(app, two), await Dead(app, one));
        var forged = new FormUrlEncodedContent([new("__RequestVerificationToken", mine.Find("[name=__RequestVerificationToken]").GetAttribute("value"))]);
        (await browser.Send(HttpMethod.Post, two.Page($"settings/unfinished/{theirs}/retry"), forged)).Dispose();
        Assert.Equal(theirs, await Dead(app, one));
        await mine.Submit($"form[action*='{ours}']", new { });
        Assert.Equal(Guid.Empty, await Dead(app, two));
    }

    private static async Task<Guid> Dead(PluraApp app, TestAccount account) =>
        await app.Ask<Guid>("select id from platform.outbox_message where dead_at is not null and tenant_id = $1", account.Id);
}
