using System.Net;
using System.Text;

namespace Plura.Tests.Contacts;

public sealed class ImportPageTests(PluraApp app)
{
    private const string People = "Vorname;Name;E-Mail;Schuhgröße\nJürgen;Müller;juergen@example.de;42\nZoë;;zoe@example.com;\nZoe;;ZOE@example.com;\n;;kaputt@;\n";

    [Fact]
    public async Task A_list_is_uploaded_checked_imported_and_taken_back()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var upload = await browser.Get(account.Page("contacts/import"));
        Assert.Contains("No imports yet", upload.Text, StringComparison.Ordinal);

        var columns = await upload.Submit("form[enctype]", new { File = new UploadedFile("Kunden März.csv", Encoding.Latin1.GetBytes(People)) });
        Assert.Contains("Kunden März.csv", columns.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("Jürgen", columns.Text, StringComparison.Ordinal);
        Assert.Equal(["firstName", "lastName", "email", "new"], columns.Document.QuerySelectorAll("select[name^=Mapping] option[selected]").Select(o => o.GetAttribute("value")!));

        // A permission without its words is refused; nothing that was typed is lost.
        var attested = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Tags"] = "spring, vip",
            ["Attest[email]"] = true,
            ["Attestation[email].Source"] = "Front desk",
            ["Attestation[email].Date"] = "2026-10-01",
            ["NewField[3]"] = "Shoe size",
            ["Policy"] = "overwrite",
        };
        var refused = await columns.Submit("select[name^=Mapping]", attested);
        Assert.Contains("Write the exact words that these people agreed to.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Front desk", refused.Find("[name='Attestation[email].Source']").GetAttribute("value"));
        Assert.Equal("Shoe size", refused.Find("[name='NewField[3]']").GetAttribute("value"));
        Assert.Equal("spring, vip", refused.Find("[name=Tags]").GetAttribute("value"));

        var checking = await refused.Submit("select[name^=Mapping]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Attestation[email].Wording"] = "Yes, write to me." });
        Assert.Contains("You can leave this page", checking.Text, StringComparison.Ordinal);
        await account.Work();
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.contact"));

        var preview = await browser.Get(checking.Url.PathAndQuery);
        Assert.Contains("New tags: spring, vip.", preview.Text, StringComparison.Ordinal);
        Assert.Contains("New fields: Shoe size.", preview.Text, StringComparison.Ordinal);
        var running = await preview.Submit("input[name=_handler][value=start]", new { }, "Import 2 rows");
        Assert.Contains("You can leave this page", running.Text, StringComparison.Ordinal);
        await account.Work();

        var done = await browser.Get(checking.Url.PathAndQuery);
        Assert.Contains("2 addresses on your word (Front desk, 1 October 2026): “Yes, write to me.”", done.Text, StringComparison.Ordinal);
        var errors = await browser.Get($"{checking.Url.AbsolutePath}/errors.csv");
        Assert.Contains("“kaputt@” is not an e-mail address.", errors.Html, StringComparison.Ordinal);
        Assert.Equal(2, await account.Ask<long>("select count(*) from contacts.contact"));

        await done.Submit("#undo form", new { });
        await account.Work();
        Assert.Contains("This import was taken back", (await browser.Get(checking.Url.PathAndQuery)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.contact"));
        Assert.Contains("Undone", (await browser.Get(account.Page("contacts/import"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_says_why_rows_stay_out_and_where_they_stand()
    {
        var account = await app.NewAccount();
        var import = await new ImportDesk(account).Import(
            "First,E-Mail,Phone\nAnn,ann@example.com,12\nBob,bob@,\nCy,cy@,\nDi,,\nEve,ann@example.com,\n", dryRun: true);

        var preview = await (await account.SignIn()).Get(account.Page($"contacts/import/{import.Id}"));

        Assert.Equal(
            [
                "“…” is not an e-mail address.|2|Cannot be read|Lines 3, 4",
                "Imported, but: “12” is not a phone number, so it was left out.|1|New|Line 2",
                "There is neither an e-mail address nor a phone number, so this person could not be told from others.|1|Cannot be read|Line 5",
                "The same person stands on line 2 with the same e-mail address; that row was taken.|1|Repeats another|Line 6",
            ],
            preview.Document.QuerySelectorAll("table[aria-label=Reasons] tbody tr")
                .Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()))));
    }

    [Fact]
    public async Task A_row_in_another_encoding_than_the_rest_is_named_and_the_rest_comes_in()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        var file = Encoding.UTF8.GetBytes("Name,E-Mail\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"Jürgen,j{i}@example.de\n")))
            .Concat(Encoding.Latin1.GetBytes("Müller,mueller@example.de\n")).ToArray();
        var (_, body) = await desk.Send(file, dryRun: true);
        await account.Work();

        var import = await desk.Look(body.GetProperty("id").GetGuid());
        Assert.Equal([100, 0, 0, 0, 1], import.Counts);
        var preview = await (await account.SignIn()).Get(account.Page($"contacts/import/{import.Id}"));
        Assert.Contains("Some letters cannot be read: they are not in the encoding of the rest of the file.", preview.Text, StringComparison.Ordinal);
        Assert.Contains("Line 102", preview.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("Name,E-Mail\nAnn,a\0@example.com\n", "Line 2 contains a zero byte")]
    public async Task Says_beside_the_file_why_it_cannot_be_read(string csv, string says)
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var refused = await (await browser.Get(account.Page("contacts/import"))).Submit("form[enctype]", new { File = new UploadedFile("list.csv", Encoding.UTF8.GetBytes(csv)) });
        Assert.Contains(says, refused.Find("[id$=File-error], .field").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_larger_than_forms_usually_may_be_is_taken()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var text = new StringBuilder("E-Mail,Note\n");
        var note = new string('x', 9000);
        for (var i = 0; i < 4000; i++)
            text.Append('p').Append(i).Append("@example.com,").Append(note).Append('\n');
        var columns = await (await browser.Get(account.Page("contacts/import"))).Submit("form[enctype]", new { File = new UploadedFile("list.csv", Encoding.UTF8.GetBytes(text.ToString())) });
        Assert.Contains("4,000 rows", columns.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_accounts_import_is_not_found()
    {
        var import = await new ImportDesk(await app.NewAccount()).Import("E-Mail\nann@example.com\n");
        var other = await app.NewAccount();
        var page = await (await other.SignIn()).Get(other.Page($"contacts/import/{import.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }
}
