using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Contacts;
using Plura.Sites;
using Plura.Sites.Data;
using Plura.Tests.Campaigns;
using Plura.Tests.Opportunities;

namespace Plura.Tests.Contacts;

/// <summary>A field that holds a file, with contacts, companies and opportunities.</summary>
public sealed class FieldFileTests(PluraApp app)
{
    [Fact]
    public async Task A_field_of_files_is_made_and_cannot_be_unique()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var form = await account.Browser.Get(account.Page("settings/fields?field=new"));
        var refused = await form.Submit(".side-panel form", new { Label = "Contract", Kind = "file", Privacy = "personal", Unique = true });
        Assert.Contains("“File” cannot tell one from another.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("The field is made.", (await refused.Submit(".side-panel form", new { Unique = false })).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contact")]
    [InlineData("company")]
    [InlineData("opportunity")]
    public async Task A_file_is_chosen_on_the_form_replaced_and_removed(string entity)
    {
        var (account, path, _) = await Thing(entity);
        await account.ContractField(entity);
        await account.SignIn();
        var edit = await account.Browser.Get(account.Page($"{path}?edit=1"));
        var page = await edit.Submit(".side-panel form", Sent("offer.pdf", 1, 2, 3));
        Assert.Equal("offer.pdf", Link(page));
        Assert.Equal([1, 2, 3], await account.Download(path));
        using (var got = await account.Browser.Send(HttpMethod.Get, account.Page($"{path}/fields/contract/file")))
        {
            Assert.Equal(("attachment", "offer.pdf"), (got.Content.Headers.ContentDisposition!.DispositionType, got.Content.Headers.ContentDisposition.FileNameStar ?? got.Content.Headers.ContentDisposition.FileName));
            Assert.Equal("nosniff", Assert.Single(got.Headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("sandbox", Assert.Single(got.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        // Nothing chosen leaves it, another takes its place.
        page = await (await account.Browser.Get(account.Page($"{path}?edit=1"))).Submit(".side-panel form", new { });
        Assert.Equal("offer.pdf", Link(page));
        page = await (await account.Browser.Get(account.Page($"{path}?edit=1"))).Submit(".side-panel form", Sent("signed.pdf", 4, 5));
        Assert.Equal("signed.pdf", Link(page));
        if (entity != "opportunity")
            Assert.Contains("Contract: offer.pdf → signed.pdf", page.Text, StringComparison.Ordinal);
        Assert.Equal([4, 5], await account.Download(path));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.field_file where file_name = 'offer.pdf' and removed_at is not null"));
        page = await (await account.Browser.Get(account.Page($"{path}?edit=1"))).Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["RemoveFile[contract]"] = true });
        Assert.Null(page.Document.QuerySelector($"a[href$='/fields/contract/file']"));
        Assert.Null(await account.Download(path));
    }

    [Fact]
    public async Task A_new_contact_comes_with_its_file_and_a_refused_form_loses_nothing()
    {
        var account = await app.NewAccount();
        await account.ContractField(required: true);
        await account.SignIn();
        var form = await account.Browser.Get(account.Page("contacts/new"));
        Assert.Contains("“Contract” must be filled in.", (await form.Submit("main form[method=post]", new { FirstName = "Ann" })).Text, StringComparison.Ordinal);
        var refused = await form.Submit("main form[method=post]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["FirstName"] = "Ann", ["Email"] = "nobody", ["File[contract]"] = new UploadedFile("offer.pdf", [1, 2, 3]) });
        Assert.Contains("“nobody” is not an e-mail address.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("offer.pdf", refused.Text, StringComparison.Ordinal);
        // What was sent with a form that was refused need not be chosen again.
        var page = await refused.Submit("main form[method=post]", new { Email = "ann@people.example" });
        Assert.Equal("offer.pdf", Link(page));
        var list = await account.Api.PostJson("/api/v1/contacts/lists", new { name = "Files", columns = (string[])["fields.contract"] });
        Assert.Contains("offer.pdf", (await account.Browser.Get(account.Page($"contacts?list={list.GetProperty("id").GetGuid()}"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_fit_file_is_refused_in_words_and_the_one_that_is_there_stays()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Plura:Files:Largest=1000");
        var account = await own.NewAccount();
        var field = await account.ContractField();
        var ann = await account.Person("Ann");
        Assert.Null(await account.PutFields($"contacts/{ann}", new { contract = await account.Upload(field) }));
        await account.SignIn();
        foreach (var (name, size, text) in ((string, int, string)[])[("page.html", 3, "Files of this kind cannot be attached."), ("big.pdf", 5000, "The file is larger than"), ("empty.pdf", 0, "This file is empty.")])
        {
            var edit = await account.Browser.Get(account.Page($"contacts/{ann}?edit=1"));
            var refused = await edit.Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.LastName"] = "Typed", ["File[contract]"] = new UploadedFile(name, new byte[size]) });
            Assert.Contains(text, refused.Find(".own-file").TextContent, StringComparison.Ordinal);
            Assert.Contains("contract.pdf", refused.Find(".own-file").TextContent, StringComparison.Ordinal);
            Assert.Equal("Typed", refused.Find("[name='Command.LastName']").GetAttribute("value"));
            using var answer = await account.PostFile(field, name, new byte[size]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }

        Assert.Equal([1, 2, 3], await account.Download($"contacts/{ann}"));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(own.Folder, "files", account.Id.ToString("N"), "attachments")));
    }

    [Fact]
    public async Task A_file_is_one_things_alone_and_nobody_reaches_it_by_another_way()
    {
        var (account, neighbour) = (await app.NewAccount(), await app.NewAccount());
        var field = await account.ContractField();
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben"));
        var value = await account.Upload(field);
        Assert.Null(await account.PutFields($"contacts/{ann}", new { contract = value[..36] }));
        Assert.Equal(value, (await account.Contact(ann))!.Fields["contract"]);
        // Not another's, not made up, not out of another field, and not by a text that looks like one.
        Assert.Contains("belongs to something else", await account.PutFields($"contacts/{ben}", new { contract = value }), StringComparison.Ordinal);
        Assert.Contains("takes a file", await account.PutFields($"contacts/{ben}", new { contract = $"{Guid.Empty} x.pdf" }), StringComparison.Ordinal);
        Assert.Contains("takes a file", await account.PutFields($"contacts/{ben}", new { contract = "../../etc/passwd" }), StringComparison.Ordinal);
        await account.Api.PostJson("/api/v1/fields", new { label = "Note", kind = "text", privacy = "none" });
        Assert.Null(await account.PutFields($"contacts/{ben}", new { note = value }));
        Assert.Null(await account.Download($"contacts/{ben}", "note"));
        using (var wrong = await account.PostFile((await account.Api.GetJson("/api/v1/fields")).GetProperty("items").EnumerateArray().Single(f => f.GetProperty("key").GetString() == "note").GetProperty("id").GetGuid(), "a.pdf", [1]))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        // Another account: not by its own address, not by ours, not as a value.
        var theirs = await neighbour.ContractField();
        var zoe = await neighbour.Person("Zoe");
        Assert.Null(await neighbour.Download($"contacts/{ann}"));
        Assert.Contains("takes a file", await neighbour.PutFields($"contacts/{zoe}", new { contract = value }), StringComparison.Ordinal);
        using (var foreign = await neighbour.PostFile(field, "a.pdf", [1]))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using (var door = await (await neighbour.SignIn()).Send(HttpMethod.Get, account.Page($"contacts/{ann}/fields/contract/file")))
            Assert.Equal(HttpStatusCode.NotFound, door.StatusCode);
        Assert.NotNull(await neighbour.Upload(theirs));

        // Whoever sees only their own does not see it; the log says who took it.
        var cora = await account.Colleague(app, sight: Sights.Mine);
        using (var unseen = await cora.Browser.Send(HttpMethod.Get, account.Page($"contacts/{ann}/fields/contract/file")))
            Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);
        Assert.NotNull(await account.Download($"contacts/{ann}"));
        await app.Services.GetRequiredService<global::Plura.Privacy.ReadLog>().Flush(CancellationToken.None);
        Assert.True(await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'contacts.read_field_file' and about = $1", ann) > 0);
    }

    [Fact]
    public async Task Lists_ask_whether_there_is_a_file_and_how_it_is_called()
    {
        var account = await app.NewAccount();
        var field = await account.ContractField();
        var (ann, ben) = (await account.Create("Ann"), await account.Create("Ben"));
        await account.Create("Cleo");
        Assert.Null(await account.PutFields($"contacts/{ann}", new { contract = await account.Upload(field, "Röntgen 2026.pdf") }));
        Assert.Null(await account.PutFields($"contacts/{ben}", new { contract = await account.Upload(field, "offer.pdf") }));
        Assert.Equal(["Ann", "Ben"], await account.Names(new Condition("fields.contract", "not_empty", (IReadOnlyList<string>)[])));
        Assert.Equal(["Cleo"], await account.Names(new Condition("fields.contract", "empty", (IReadOnlyList<string>)[])));
        Assert.Equal(["Ann"], await account.Names(new Condition("fields.contract", "contains", "rontgen")));
        Assert.Equal(["Ben"], await account.Names(new Condition("fields.contract", "starts", "offer")));
        var id = (await account.Contact(ann))!.Fields["contract"][..8];
        Assert.Empty(await account.Names(new Condition("fields.contract", "contains", id)));
    }

    [Fact]
    public async Task Neither_imports_nor_changes_of_many_nor_forms_nor_letters_have_files()
    {
        var account = await app.NewAccount();
        await account.ContractField();
        var ann = await account.Person("Ann");
        var desk = new ImportDesk(account);
        foreach (var target in (string[])["field:contract", "new:Contract"])
        {
            var (status, body) = await desk.Send(Encoding.UTF8.GetBytes("E-Mail,Contract\nann@people.example,x.pdf\n"), $$"""{"E-Mail":"email","Contract":"{{target}}"}""");
            Assert.Equal(422, status);
            Assert.Contains("“Contract” holds files, and a list has none.", body.ToString(), StringComparison.Ordinal);
        }

        // A column that is called so is left out by itself.
        await desk.Import("E-Mail,Contract\nann@people.example,x.pdf\n");
        Assert.False((await account.Contact(ann))!.Fields.ContainsKey("contract"));
        var bulk = await account.In(s => s.GetRequiredService<StartBulkActionHandler>().Handle(new StartBulkAction { Do = "field", Field = "contract", Value = "", Ids = [ann] }, default));
        Assert.Contains("a file belongs to one contact", bulk.Refusal!.Text, StringComparison.Ordinal);
        await account.SignIn();
        Assert.DoesNotContain("fields.contract", (await account.Browser.Get(account.Page("sites/forms/new"))).Html, StringComparison.Ordinal);
        var form = await account.In(s => s.GetRequiredService<BuildFormHandler>().Handle(new BuildForm { Name = "Sign up", Title = "Sign up", Button = "Send", ThankYou = "Thank you", Fields = [new FormField("email", "E-mail", true), new FormField("fields.contract", "Contract", false)] }, default));
        Assert.Equal("A form cannot ask for a file. Leave “Contract” out.", form.Refusal?.Text);
        Assert.DoesNotContain(await account.In(s => s.GetRequiredService<Plura.Contacts.Contracts.IRecipients>().MergeFields(default)), m => m.Path.EndsWith("contract", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_file_with_everything_holds_the_files_and_the_set_up_only_the_field()
    {
        var account = await app.NewAccount();
        var field = await account.ContractField();
        var ann = await account.Person("Ann");
        var value = await account.Upload(field, "contract.pdf", 7, 8, 9);
        Assert.Null(await account.PutFields($"contacts/{ann}", new { contract = value }));
        var bytes = await account.In(async services =>
        {
            using var output = new MemoryStream();
            await services.GetRequiredService<AccountZip>().Write(output, default);
            return output.ToArray();
        });
        using (var zip = new ZipArchive(new MemoryStream(bytes)))
        await using (var entry = await zip.GetEntry($"field-files/files/{value[..36]}-contract.pdf")!.OpenAsync())
        {
            using var content = new MemoryStream();
            await entry.CopyToAsync(content);
            Assert.Equal([7, 8, 9], content.ToArray());
        }

        var text = await account.SetUpText();
        Assert.Contains("\"kind\": \"file\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("contract.pdf", text, StringComparison.Ordinal);
        var other = await app.NewAccount();
        Assert.Equal(0, (await other.Put(text)).Count(StampOutcome.Refused));
        Assert.NotNull(await other.Ask<Guid?>("select id from contacts.custom_field where key = 'contract' and kind = 'file'"));
    }

    private async Task<(TestAccount Account, string Path, Guid Contact)> Thing(string entity)
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var path = entity switch
        {
            "contact" => $"contacts/{ann}",
            "company" => $"companies/{(await account.Api.PostJson("/api/v1/companies", new { name = "Miller Roofing" })).GetProperty("id").GetGuid()}",
            _ => $"opportunities/{await account.Opportunity(ann, (await account.Pipeline()).Stages[0])}",
        };
        return (account, path, ann);
    }

    private static Dictionary<string, object?> Sent(string name, params byte[] bytes) => new(StringComparer.Ordinal) { ["File[contract]"] = new UploadedFile(name, bytes, "application/pdf") };

    private static string Link(WebPage page) => page.Find("a[href$='/fields/contract/file']").TextContent.Trim();
}
