using System.Globalization;

namespace Plura.Tests.Contacts;

public sealed class WorkbookPageTests(PluraApp app)
{
    private static readonly object?[][] People =
    [
        ["First name", "Last name", "E-Mail", "Mobile", "Zip", "Born"],
        ["Ann", "Archer", "ann@example.com", 14155550123, "02101", new DateTime(1980, 5, 4, 0, 0, 0, DateTimeKind.Unspecified)],
        ["Bob", "Baker", "bob@", null, "10001", null],
        ["Cleo", "Crane", "cleo@example.com", null, null, null],
    ];

    [Fact]
    public async Task A_workbook_is_imported_as_a_csv_is()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        var (status, body) = await desk.Send(Books.Of(("People", People)), name: "people.xlsx");
        Assert.True(status == 202, body.ToString());
        await account.Work();

        var import = await desk.Look(body.GetProperty("id").GetGuid());
        Assert.Equal([2, 0, 0, 0, 1], import.Counts);
        Assert.Equal(["Ann|Archer||{}|ann@example.com* +14155550123*|", "Cleo|Crane||{}|cleo@example.com*|"], await desk.People());
        Assert.Equal("02101 1980-05-04", await account.Ask<string>("select postal_code || ' ' || date_of_birth from contacts.contact where first_name = 'Ann'"));
        Assert.Contains("Bob,Baker,bob@,,10001,,“bob@” is not an e-mail address.", await desk.Errors(import), StringComparison.Ordinal);

        var undone = await desk.Undo(import);
        Assert.Equal("undone", undone.State);
        Assert.Empty(await desk.People());
    }

    [Fact]
    public async Task Of_several_sheets_a_person_chooses_and_nothing_stays_behind()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = await account.SignIn();
        var book = Books.Of(("Old list", [["Title", "E-Mail"], ["x", "old@example.com"]]), ("New list", [["Given name", "Work mail"], ["Zoë", "zoe@example.com"], ["Yan", "yan@example.com"]]));

        var columns = await (await browser.Get(account.Page("contacts/import"))).Submit("form[enctype]", new { File = new UploadedFile("two sheets.xlsx", book) });
        Assert.Contains("Sheet “Old list”: 1 row", columns.Text, StringComparison.Ordinal);
        Assert.Contains("The workbook has 2 sheets with rows", columns.Text, StringComparison.Ordinal);
        var other = await columns.Submit("select[name=Sheet]", new { Sheet = "New list" });
        Assert.Contains("Sheet “New list”: 2 rows", other.Text, StringComparison.Ordinal);
        Assert.Contains("yan@example.com", other.Text, StringComparison.Ordinal);

        var checking = await other.Submit("select[name^=Mapping]", new { });
        await account.Work();
        var preview = await browser.Get(checking.Url.PathAndQuery);
        Assert.Contains("Zoë", preview.Text, StringComparison.Ordinal);

        own.Clock.Advance(TimeSpan.FromDays(31));
        await account.Work();
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(own.Folder, "files", account.Id.ToString("N"), "imports")));
    }

    [Fact]
    public async Task A_workbook_that_cannot_be_read_is_refused_beside_the_file_and_nothing_is_kept()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var refused = await (await browser.Get(account.Page("contacts/import"))).Submit("form[enctype]", new { File = new UploadedFile("list.xlsx", Books.Zip(("people.csv", "x"))) });
        Assert.Contains("a packed file (.zip), not a workbook", refused.Find("[id$=File-error], .field").TextContent, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.Folder, "files", account.Id.ToString("N"), "imports")));
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.import"));
    }

    [Fact]
    public async Task A_script_names_the_sheet_it_means()
    {
        var account = await app.NewAccount();
        var book = Books.Of(("One", [["E-Mail"], ["one@example.com"]]), ("Two", [["E-Mail"], ["two@example.com"]]));
        var desk = new ImportDesk(account);
        var (missing, problem) = await desk.Send(book, sheet: "Three");
        Assert.Equal(422, missing);
        Assert.Contains("It has: One, Two.", problem.ToString(), StringComparison.Ordinal);
        await desk.Send(book, sheet: "Two");
        await account.Work();
        Assert.Equal(["|||{}|two@example.com*|"], (await desk.People()).ConvertAll(p => p.ToString(CultureInfo.InvariantCulture)));
    }
}
