using System.Text;

namespace Plura.Tests.Contacts;

/// <summary>An import whose job was given up must not look as if it still ran, and both of its Retry buttons must run it.</summary>
public sealed class ImportGivenUpTests(PluraApp first)
{
    private const string People = "E-Mail\nann@people.example\n";

    [Fact]
    public async Task It_shows_as_failed_and_is_tried_again_from_its_own_page()
    {
        await using var app = await first.Another();
        var (account, import) = await Died(app);
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page($"contacts/import/{import}"));
        Assert.Contains("The import stopped. Nothing was changed.", page.Text, StringComparison.Ordinal);
        Assert.Contains("The database did not answer, or it was too busy.", page.Text, StringComparison.Ordinal);
        Assert.Equal("failed", (await new ImportDesk(account).Look(import)).State);
        Assert.Contains("Failed", (await browser.Get(account.Page("contacts/import"))).Text, StringComparison.Ordinal);

        await app.MakeRoom();
        await page.Submit("input[name=_handler][value=retry]", new { });
        await account.Work(mayFail: true);
        Assert.Equal("done", (await new ImportDesk(account).Look(import)).State);
        Assert.Contains("Everything is done", (await browser.Get(account.Page("settings/unfinished"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_tried_again_from_the_list_of_unfinished_work_in_the_name_of_who_started_it()
    {
        await using var app = await first.Another();
        var (account, import) = await Died(app);
        var browser = await account.SignIn();
        var list = await browser.Get(account.Page("settings/unfinished"));
        Assert.Contains("Import of a contact list", list.Text, StringComparison.Ordinal);
        var link = list.Document.QuerySelector($"a[href$='/contacts/import/{import}']");
        Assert.NotNull(link);

        await app.MakeRoom();
        await list.Submit("form[action$='/retry']", new { });
        Assert.Equal("running", (await new ImportDesk(account).Look(import)).State);
        await account.Work(mayFail: true);
        Assert.Equal("done", (await new ImportDesk(account).Look(import)).State);
        Assert.Equal("Test", await account.Ask<string>("select started_by from contacts.import"));
        Assert.Equal(1, await account.Ask<long>("select count(*) from contacts.contact"));
    }

    [Fact]
    public async Task An_import_that_ends_the_process_each_time_fails_too()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var import = await Start(account);
        await app.Do("update platform.outbox_message set attempts = 8, node = -1 where type like '%.ImportContactsJob'");
        await account.Work(mayFail: true);
        Assert.Equal("failed", (await new ImportDesk(account).Look(import)).State);
        Assert.Equal("The program was stopped each time while it was at it.", (await new ImportDesk(account).Look(import)).Body.GetProperty("problem").GetString());
    }

    [Fact]
    public async Task An_undo_that_is_given_up_leaves_the_import_done_and_can_be_tried_again()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        var import = await desk.Import(People);
        await app.FillDisk("contacts.contact");
        using (await account.Api.Post($"/api/v1/imports/{import.Id}/undo", new { }))
            await app.TryUntilGivenUp();
        var given = await desk.Look(import.Id);
        Assert.Equal("done", given.State);
        Assert.Contains("The import could not be undone.", given.Body.GetProperty("problem").GetString(), StringComparison.Ordinal);

        await app.MakeRoom();
        var list = await (await account.SignIn()).Get(account.Page("settings/unfinished"));
        await list.Submit("form[action$='/retry']", new { });
        await account.Work(mayFail: true);
        Assert.Equal("undone", (await desk.Look(import.Id)).State);
    }

    private static async Task<(TestAccount Account, Guid Import)> Died(PluraApp app)
    {
        var account = await app.NewAccount();
        await app.FillDisk("contacts.contact");
        var import = await Start(account);
        await app.TryUntilGivenUp();
        return (account, import);
    }

    private static async Task<Guid> Start(TestAccount account)
    {
        var (status, body) = await new ImportDesk(account).Send(Encoding.UTF8.GetBytes(People));
        Assert.Equal(202, status);
        return body.GetProperty("id").GetGuid();
    }
}
