using System.Net;
using System.Net.Http.Json;
using Plura.Contacts;
using Plura.Tests.Campaigns;
using Plura.Ui;

namespace Plura.Tests.Contacts;

public sealed class NotesTests(PluraApp app)
{
    [Fact]
    public async Task A_note_is_written_changed_with_its_earlier_words_kept_deleted_and_brought_back()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var note = await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "Prefers mornings", pinned = true });
        var id = note.GetProperty("id").GetGuid();
        Assert.Equal("Test", note.GetProperty("by").GetString());
        using (var changed = await account.Api.Send(HttpMethod.Patch, $"/api/v1/notes/{id}", JsonContent.Create(new { text = "Prefers evenings" })))
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var read = await account.Api.GetJson($"/api/v1/notes/{id}");
        Assert.Equal(("Prefers evenings", true), (read.GetProperty("text").GetString(), read.GetProperty("pinned").GetBoolean()));
        Assert.Equal("Prefers mornings", Assert.Single(read.GetProperty("earlier").EnumerateArray()).GetProperty("text").GetString());

        (await account.Api.Delete($"/api/v1/notes/{id}")).Dispose();
        Assert.Empty((await account.Api.GetJson($"/api/v1/contacts/{ann}/notes")).GetProperty("items").EnumerateArray());
        await account.Api.PostJson($"/api/v1/notes/{id}/restore", new { });
        Assert.Single((await account.Api.GetJson($"/api/v1/contacts/{ann}/notes")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_page_takes_a_note_shows_its_lines_and_links_and_undoes_its_deletion()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var browser = await account.SignIn();
        var page = await (await browser.Get(account.Page($"contacts/{ann}"))).Submit("[name='NewNote.Text']", new { Text = "First line\r\n<b>Second</b> https://example.com/a?b=c." });
        var link = Assert.IsAssignableFrom<AngleSharp.Html.Dom.IHtmlAnchorElement>(page.Find(".note-text a"));
        Assert.Equal("https://example.com/a?b=c", link.GetAttribute("href"));
        Assert.Null(page.Document.QuerySelector(".note-text b"));
        Assert.Contains("First line\n<b>Second</b>", page.Find(".note-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("Olivia Owner wrote a note", page.Text, StringComparison.Ordinal);

        var panel = await page.Click("Olivia Owner wrote a note");
        var gone = await panel.Submit("[name=_handler][value=delete-note]", new { });
        Assert.DoesNotContain("First line", gone.Find("#story").TextContent, StringComparison.Ordinal);
        var back = await gone.Submit(".toast-line form", new { });
        Assert.Contains("First line", back.Find("#story").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_pressed_twice_makes_one_note_and_an_empty_one_is_refused_beside_its_field()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var page = await (await account.SignIn()).Get(account.Page($"contacts/{ann}"));
        await page.Submit("[name='NewNote.Text']", new { Text = "Once" });
        await page.Submit("[name='NewNote.Text']", new { Text = "Once" });
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.note"));
        var refused = await page.Submit("[name='NewNote.Text']", new { Text = " " });
        Assert.Contains("Write something first.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_somebody_changed_meanwhile_are_not_overwritten()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var id = (await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "One" })).GetProperty("id").GetGuid();
        var panel = await (await account.SignIn()).Get(account.Page($"contacts/{ann}?note={id}"));
        (await account.Api.Send(HttpMethod.Patch, $"/api/v1/notes/{id}", JsonContent.Create(new { text = "Two" }))).Dispose();
        var refused = await panel.Submit(".side-panel form", new { Text = "Three" });
        Assert.Contains("Somebody changed this note", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Three", refused.Find("textarea[name='Command.Text']").TextContent);
        Assert.Equal("Two", (await account.Api.GetJson($"/api/v1/notes/{id}")).GetProperty("text").GetString());
        await refused.Submit(".side-panel form", new { });
        Assert.Equal("Three", (await account.Api.GetJson($"/api/v1/notes/{id}")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task After_a_month_what_was_deleted_is_forgotten()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var ann = await account.Person("Ann");
        var id = (await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "Old" })).GetProperty("id").GetGuid();
        (await account.Api.Delete($"/api/v1/notes/{id}")).Dispose();
        own.Clock.Advance(ForgetRemoved.After + TimeSpan.FromHours(1));
        await account.Work();
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.note"));
    }

    [Theory]
    [InlineData("see http://a.example/x).", "http://a.example/x")]
    [InlineData("(https://a.example/b_(c))", "https://a.example/b_(c)")]
    [InlineData("javascript:alert(1) ftp://a.example", null)]
    [InlineData("https://bank.example@evil.example/", null)]
    public void Only_plain_web_addresses_become_links(string text, string? address)
    {
        var parts = TextLinks.Of(text);
        Assert.Equal(text, string.Concat(parts.Select(p => p.Text)));
        Assert.Equal(address, parts.FirstOrDefault(p => p.Address is not null).Address);
    }

    [Fact]
    public async Task Whoever_may_only_read_sees_notes_and_cannot_write()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "Prefers mornings" });
        var reader = await account.Colleague(app, "read_only");
        var page = await reader.Browser.Get(account.Page($"contacts/{ann}"));
        Assert.Contains("Prefers mornings", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("[name=_handler][value=add-note]"));
        Assert.Null(page.Document.QuerySelector("[name=_handler][value=attach]"));
    }
}
