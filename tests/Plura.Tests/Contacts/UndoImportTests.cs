using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Contacts;

public sealed class UndoImportTests(PluraApp app)
{
    private const string Before = "First,E-Mail,Company,Size,Tags\nAnn,ann@example.com,Old,1,vip\nBob,bob@example.com,,,\nCy,cy@example.com,,,\n";
    private const string After = "First,Last,E-Mail,Phone,Company,Size,Town,Tags\nAnna,Lee,ann@example.com,4155552671,New,2,Bath,\"vip,new\"\nBob,,bob@example.com,,,,,more\nDi,Day,di@example.com,,,,,new\nEve,,eve@example.com,,,,,\n";

    [Fact]
    public async Task Puts_everything_back_as_it_was()
    {
        var desk = new ImportDesk(await app.NewAccount());
        await desk.Import(Before, attestation: ImportDesk.Word);
        var before = await desk.Fingerprint();
        var import = await desk.Import(After, policy: "overwrite", attestation: ImportDesk.Word, tags: """["spring"]""");
        Assert.Equal([2, 2, 0, 0, 0], import.Counts);
        Assert.NotEqual(before, await desk.Fingerprint());

        var undone = await desk.Undo(import);
        Assert.Equal("undone", undone.State);
        Assert.Equal((2, 0, 2), Result(undone));
        Assert.Equal(before, await desk.Fingerprint());
    }

    [Fact]
    public async Task Keeps_what_somebody_changed_since()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        await desk.Import(Before);
        var import = await desk.Import(After, policy: "overwrite");
        await account.In(s => s.GetRequiredService<CreateCompanyHandler>().Handle(new CreateCompany { Name = "Mine" }, CancellationToken.None));
        await using (var open = await account.Open())
        {
            // Somebody corrects Anna's company, and works with Di, whom the import made.
            await open.Do("update contacts.contact set company = 'Mine', company_id = (select id from contacts.company where name = 'Mine'), updated_at = updated_at + interval '1 hour' where first_name in ('Anna', 'Di')");
        }

        var undone = await desk.Undo(import);
        // Ann is not again as she was: her company is what somebody wrote since.
        Assert.Equal((1, 1, 1), Result(undone));
        Assert.Contains("1 contact had been changed since", (await (await account.SignIn()).Get(account.Page($"contacts/import/{import.Id}"))).Text, StringComparison.Ordinal);
        Assert.Equal(
            ["Ann||Mine|{\"size\": \"1\"}|ann@example.com*|vip", "Bob|||{}|bob@example.com*|", "Cy|||{}|cy@example.com*|", "Di|Day|Mine|{}|di@example.com*|new"],
            await desk.People());
        // The search knows Ann by what she has now.
        Assert.Equal("ann mine ann@example.com", await account.Ask<string>("select search_text from contacts.contact where first_name = 'Ann'"));
    }

    [Fact]
    public async Task Knows_who_was_merged_since_and_takes_nobody_along_who_stayed()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var desk = new ImportDesk(account);
        Task<Guid> Id(string name) => account.Ask<Guid>("select id from contacts.contact where first_name = $1", name);
        await desk.Import(Before);
        var (zed, olga, kim) = (await account.Create("Zed", phone: "+12077740100"), await account.Create("Olga", "Old"), await account.Create("Kim", email: "kim@example.com"));
        var import = await desk.Import(After, policy: "overwrite");
        own.Clock.Advance(TimeSpan.FromHours(1));
        // One that it changed stays, one that it changed goes; one that it made goes, one that it made stays.
        var ann = await account.Merge(await Id("Anna"), zed);
        var bob = await account.Merge(await Id("Cy"), await Id("Bob"));
        await account.Merge(olga, await Id("Di"));
        await account.Merge(await Id("Eve"), kim);

        var undone = await desk.Undo(import);

        // Eve is kept: somebody worked with her. Ann has her old values again, and what came by the merge.
        Assert.Equal((0, 1, 0), Result(undone));
        string[] others = ["Eve|||{}|eve@example.com* kim@example.com|", "Olga|Old||{}|di@example.com*|new"];
        Assert.Equal(["Ann||Old|{\"size\": \"1\"}|ann@example.com* +12077740100*|vip", "Cy|||{}|cy@example.com* bob@example.com|more", .. others], await desk.People());
        // Parted, she has still her old values; Bob was not there to be put back, and returns as he went.
        await account.Unmerge(ann);
        await account.Unmerge(bob);
        Assert.Equal(["Ann||Old|{\"size\": \"1\"}|ann@example.com*|vip", "Bob|||{}|bob@example.com*|more", "Cy|||{}|cy@example.com*|", .. others, "Zed|||{}|+12077740100*|"], await desk.People());
    }

    [Fact]
    public async Task Keeps_whom_a_campaign_was_meant_for_so_that_why_still_has_an_answer()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        var import = await desk.Import("First,E-Mail,Tags\nAnn,ann@example.com,spring\nBob,bob@example.com,\n", attestation: ImportDesk.Word);
        await account.Send(await account.Letter(new { tags = new[] { "spring" } }));
        await account.Work();

        var undone = await desk.Undo(import);

        Assert.Equal((1, 1, 0), Result(undone));
        Assert.Equal(["Ann"], (await desk.People()).Select(p => p.Split('|')[0]));
    }

    [Fact]
    public async Task Keeps_whom_somebody_wrote_about_has_something_to_do_for_or_attached_a_file_to()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        var import = await desk.Import("First,E-Mail\nAnn,ann@example.com\nBob,bob@example.com\nCy,cy@example.com\nDi,di@example.com\n");
        Task<Guid> Id(string name) => account.Ask<Guid>("select id from contacts.contact where first_name = $1", name);
        await account.Api.PostJson($"/api/v1/contacts/{await Id("Ann")}/notes", new { text = "Likes tea" });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Call", contact = await Id("Bob") });
        (await AttachmentTests.Post(account, await Id("Cy"), "scan.pdf", [1, 2, 3])).Dispose();

        var undone = await desk.Undo(import);

        Assert.Equal((1, 3, 0), Result(undone));
        Assert.Equal(["Ann", "Bob", "Cy"], (await desk.People()).Select(p => p.Split('|')[0]));
    }

    [Fact]
    public async Task Takes_back_the_permission_and_only_its_own()
    {
        var desk = new ImportDesk(await app.NewAccount());
        await desk.Import("E-Mail\nann@example.com\n", attestation: ImportDesk.Word);
        var import = await desk.Import("E-Mail\nann@example.com\nbob@example.com\n", attestation: ImportDesk.Word);
        Assert.Equal(2, await desk.Permissions("email"));
        await desk.Undo(import);
        Assert.Equal(1, await desk.Permissions("email"));
    }

    [Fact]
    public async Task Names_who_took_it_back_and_leaves_the_upload_to_who_uploaded()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var import = await new ImportDesk(account).Import("E-Mail\nann@example.com\n");
        var page = account.Page($"contacts/import/{import.Id}");
        await (await browser.Get(page)).Submit("#undo form", new { });
        await account.Work();

        var undone = await browser.Get(page);
        Assert.Contains("1 row, uploaded by Test", undone.Text, StringComparison.Ordinal);
        Assert.Contains("Taken back by Olivia Owner,", undone.Text, StringComparison.Ordinal);
        Assert.Contains(undone.Document.QuerySelectorAll("main time"), t => t.ParentElement!.TextContent.Contains("Taken back by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_what_cannot_be_undone()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        var dry = await desk.Import("E-Mail\nann@example.com\n", dryRun: true);
        using var nothing = await account.Api.Post($"/api/v1/imports/{dry.Id}/undo", new { });
        Assert.Equal(409, (int)nothing.StatusCode);

        var import = await desk.Import("E-Mail\nann@example.com\n");
        await desk.Undo(import);
        using var twice = await account.Api.Post($"/api/v1/imports/{import.Id}/undo", new { });
        Assert.Equal(409, (int)twice.StatusCode);

        var other = await app.NewAccount();
        using var foreign = await other.Api.Post($"/api/v1/imports/{import.Id}/undo", new { });
        Assert.Equal(404, (int)foreign.StatusCode);
    }

    private static (int Removed, int Kept, int Restored) Result(Ended undone)
    {
        var undo = undone.Body.GetProperty("undo");
        return (undo.GetProperty("removed").GetInt32(), undo.GetProperty("kept").GetInt32(), undo.GetProperty("restored").GetInt32());
    }
}
