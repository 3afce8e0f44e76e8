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
    public async Task A_form_without_its_token_is_refused_in_words()
    {
        var answer = await app.NewBrowser().Send(HttpMethod.Post, "/", new FormUrlEncodedContent([]), follow: false);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Nothing was changed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
