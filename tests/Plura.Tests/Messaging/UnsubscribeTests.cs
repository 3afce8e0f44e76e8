using System.Net;

namespace Plura.Tests.Messaging;

public sealed class UnsubscribeTests(PluraApp app)
{
    [Fact]
    public async Task Looking_at_any_link_changes_nothing_but_labelled_events()
    {
        var letter = await SentLetter.Send(app);
        var before = await letter.Rows();
        foreach (var path in (string[])[letter.Unsubscribe, letter.Preferences, letter.Open, .. letter.Links])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
            {
                using var answer = await letter.Reader.Send(method, path, follow: false);
                Assert.True((int)answer.StatusCode < 400, $"{method} {path}: {answer.StatusCode}");
            }
        }

        Assert.Equal(before, await letter.Rows());
        Assert.Equal("granted form", await letter.State());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_click_ends_it_at_once_without_cookies_or_redirect(bool multipart)
    {
        var letter = await SentLetter.Send(app);
        var target = letter.Mail.Headers["List-Unsubscribe"]!.Trim('<', '>');
        for (var again = 0; again < 2; again++)
        {
            using HttpContent content = multipart
                ? new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } }
                : new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await letter.Reader.Send(HttpMethod.Post, new Uri(target).PathAndQuery, content, follow: false);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        Assert.Equal("withdrawn one_click", await letter.State());
        Assert.Equal("person", await letter.Events("unsubscribed"));
        Assert.Equal(1L, await app.Ask<long>("select count(*) from privacy.consent_event where tenant_id = $1 and act = 'withdrawn' and send_id = $2", letter.Account.Id, letter.SendId));
    }

    [Fact]
    public async Task The_button_on_the_page_ends_it()
    {
        var letter = await SentLetter.Send(app);
        var page = await letter.Reader.Get(letter.Unsubscribe);
        Assert.Contains("Corner Bakery", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(letter.Email, page.Html, StringComparison.Ordinal);
        var after = await page.Submit("main form", new { }, "Unsubscribe");
        Assert.Contains("You are unsubscribed", after.Text, StringComparison.Ordinal);
        Assert.Equal("withdrawn unsubscribe_page", await letter.State());
    }

    [Fact]
    public async Task Nothing_else_in_a_post_ends_anything()
    {
        var letter = await SentLetter.Send(app);
        foreach (var form in (FormUrlEncodedContent[])[new([new("List-Unsubscribe", "no")]), new([])])
        {
            using var answer = await letter.Reader.Send(HttpMethod.Post, letter.Unsubscribe, form, follow: false);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Equal("granted form", await letter.State());
    }

    [Theory]
    [InlineData("/u/test")]
    [InlineData("/p/test")]
    [InlineData("/u/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/l/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_link_that_is_not_ours_gets_a_kind_page(string path) =>
        Assert.Contains("This link does not work", (await app.NewBrowser().Get(path)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_link_of_one_kind_opens_no_other_door()
    {
        var letter = await SentLetter.Send(app);
        Assert.Equal(HttpStatusCode.Gone, (await letter.Reader.Get("/u/" + letter.Preferences[3..])).Status);
    }
}
