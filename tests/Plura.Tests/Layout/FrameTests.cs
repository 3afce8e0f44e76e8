using System.Net;

namespace Plura.Tests;

public sealed class FrameTests(PluraApp app)
{
    [Fact]
    public async Task The_front_page_offers_an_account()
    {
        var page = await app.NewBrowser().Get("/");

        Assert.NotNull(page.Document.QuerySelector("a[href='/sign-up']"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dev/ui")]
    [InlineData("/no-such-page")]
    public async Task No_page_needs_inline_script_or_style(string path)
    {
        var page = await app.NewBrowser().Get(path);

        Assert.Empty(page.Document.QuerySelectorAll("script:not([src]), style, [style], [onclick], [onload], [onsubmit]"));
    }

    [Fact]
    public async Task Every_answer_forbids_foreign_code_and_framing()
    {
        var answer = await app.NewBrowser().Send(HttpMethod.Get, "/");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_page_that_does_not_exist_says_so_in_the_look_of_the_others()
    {
        var page = await app.NewBrowser().Get("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("There is no such page", page.Document.QuerySelector("h1")?.TextContent);
    }

    [Fact]
    public async Task Whoever_loses_their_way_inside_keeps_the_menu_of_where_they_stand()
    {
        var account = await app.NewAccount("Corner Bakery");
        var owner = await account.SignIn();
        foreach (var path in (string[])["no-such-page", $"contacts/{Guid.CreateVersion7(app.Clock.GetUtcNow())}"])
        {
            var page = await owner.Get(account.Page(path));
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
            Assert.Equal("There is no such page", page.Document.QuerySelector("main h1")?.TextContent);
            Assert.Contains("Contacts", page.All(".shell-nav a"));
        }

        var reader = await account.Colleague(app, Plura.Accounts.Data.Membership.ReadOnly);
        var refused = await reader.Browser.Get(account.Page("settings/people"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Ask Olivia Owner", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Contacts", refused.All(".shell-nav a"));

        // Of an account that is not theirs they see nothing, as if it did not exist.
        var stranger = await (await app.NewAccount("Other")).SignIn();
        var hidden = await stranger.Get(account.Page("no-such-page"));
        Assert.Equal(HttpStatusCode.NotFound, hidden.Status);
        Assert.DoesNotContain("Corner Bakery", hidden.Html, StringComparison.Ordinal);
        Assert.Empty(hidden.All(".shell-nav a"));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_in_words()
    {
        var answer = await app.NewBrowser().Send(HttpMethod.Post, "/", new FormUrlEncodedContent([]), follow: false);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Nothing was changed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
