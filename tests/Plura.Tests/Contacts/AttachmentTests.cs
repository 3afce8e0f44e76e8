using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Contacts;

public sealed class AttachmentTests(PluraApp app)
{
    [Fact]
    public async Task A_file_comes_back_byte_for_byte_as_a_download_and_never_as_a_page()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var bytes = Encoding.UTF8.GetBytes("<script>alert(1)</script>");
        var file = await Send(account, ann, "../röntgen.txt", bytes);
        Assert.Equal("röntgen.txt", file.GetProperty("fileName").GetString());
        var browser = await account.SignIn();
        foreach (var (who, path) in ((Browser, string)[])[(account.Api, file.GetProperty("url").GetString()!), (browser, account.Page($"files/{file.GetProperty("id").GetGuid()}"))])
        {
            using var got = await who.Send(HttpMethod.Get, path);
            Assert.Equal(bytes, await got.Content.ReadAsByteArrayAsync());
            Assert.Equal("attachment", got.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Equal("nosniff", Assert.Single(got.Headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("sandbox", Assert.Single(got.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("page.html", "file.kind")]
    [InlineData("picture.svg", "file.kind")]
    [InlineData("run.exe", "file.kind")]
    [InlineData("none", "file.kind")]
    [InlineData("empty.pdf", "file.empty")]
    public async Task What_a_browser_might_run_and_what_is_empty_is_refused(string name, string code)
    {
        var account = await app.NewAccount();
        using var answer = await Post(account, await account.Person("Ann"), name, name == "empty.pdf" ? [] : [1, 2, 3]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_and_leaves_nothing_on_disk()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Plura:Files:Largest=1000");
        var account = await own.NewAccount();
        using var answer = await Post(account, await account.Person("Ann"), "big.pdf", new byte[5000]);
        Assert.Equal("file.too_large", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(own.Folder, "files", account.Id.ToString("N"), "attachments")));
    }

    [Fact]
    public async Task The_page_attaches_a_file_to_a_note_and_takes_it_away_and_back()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var page = await (await account.SignIn()).Get(account.Page($"contacts/{ann}"));
        page = await page.Submit("[name='NewNote.Text']", new { Text = "See the letter", File = new UploadedFile("letter.pdf", [1, 2, 3], "application/pdf") });
        Assert.Contains("Olivia Owner attached letter.pdf", page.Text, StringComparison.Ordinal);
        var id = await account.Ask<Guid>("select id from contacts.attachment where note_id is not null");
        var gone = await page.Submit("[name=_handler][value=remove-file]", new { File = id.ToString() });
        Assert.DoesNotContain("attached letter.pdf", gone.Text, StringComparison.Ordinal);
        using (var missing = await account.Browser.Send(HttpMethod.Get, account.Page($"files/{id}")))
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("attached letter.pdf", (await gone.Submit(".toast-line form", new { })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_note_goes_and_comes_back_with_it_and_belongs_to_no_other_contact()
    {
        var account = await app.NewAccount();
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben"));
        var note = (await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "See the letter" })).GetProperty("id").GetGuid();
        using (var form = new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "letter.pdf" } })
        using (var foreign = await account.Api.Post($"/api/v1/contacts/{ben}/files?note={note}", form))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using (var form = new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "letter.pdf" } })
        using (var own = await account.Api.Post($"/api/v1/contacts/{ann}/files?note={note}", form))
            Assert.Equal(HttpStatusCode.Created, own.StatusCode);
        Assert.Equal("letter.pdf", Assert.Single((await account.Api.GetJson($"/api/v1/notes/{note}")).GetProperty("files").EnumerateArray()).GetProperty("fileName").GetString());
        (await account.Api.Delete($"/api/v1/notes/{note}")).Dispose();
        Assert.Empty((await account.Api.GetJson($"/api/v1/contacts/{ann}/files")).GetProperty("items").EnumerateArray());
        await account.Api.PostJson($"/api/v1/notes/{note}/restore", new { });
        Assert.Single((await account.Api.GetJson($"/api/v1/contacts/{ann}/files")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_file_with_everything_holds_the_attached_files_and_they_go_with_the_account()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var id = (await Send(account, ann, "scan.png", [137, 80, 78, 71])).GetProperty("id").GetGuid();
        var bytes = await account.In(async services =>
        {
            using var output = new MemoryStream();
            await services.GetRequiredService<AccountZip>().Write(output, default);
            return output.ToArray();
        });
        using (var zip = new ZipArchive(new MemoryStream(bytes)))
        await using (var entry = await zip.GetEntry($"notes/files/{id}-scan.png")!.OpenAsync())
        {
            using var content = new MemoryStream();
            await entry.CopyToAsync(content);
            Assert.Equal([137, 80, 78, 71], content.ToArray());
        }

        var folder = Path.Combine(app.Folder, "files", account.Id.ToString("N"));
        Assert.True(Directory.Exists(folder));
        await app.In(null, async services =>
        {
            foreach (var remains in services.GetServices<Plura.Accounts.Contracts.IAccountRemains>())
                await remains.Remove(account.Id, default);
        });
        Assert.False(Directory.Exists(folder));
    }

    private static async Task<JsonElement> Send(TestAccount account, Guid contact, string name, byte[] bytes)
    {
        using var answer = await Post(account, contact, name, bytes);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    internal static async Task<HttpResponseMessage> Post(TestAccount account, Guid contact, string name, byte[] bytes)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
        return await account.Api.Post($"/api/v1/contacts/{contact}/files", form);
    }
}
