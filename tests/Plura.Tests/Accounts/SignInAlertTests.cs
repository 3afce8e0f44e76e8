namespace Plura.Tests;

public sealed class SignInAlertTests(PluraApp app)
{
    private const string Alert = "New sign-in: A program";

    [Fact]
    public async Task The_first_sign_in_is_no_news_and_a_second_device_is()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        Assert.Empty(await app.Letters(account.Owner()));
        await app.EnterFromElsewhere(account);
        var letter = await app.Letter(account.Owner(), Alert);
        Assert.Contains("Monday 2 November 2026, 04:0", letter.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains("America/New York", letter.HtmlBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_was_seen_before_is_no_news()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var (there, page) = await app.EnterFromElsewhere(account);
        await page.Submit("form[action='/sign-out']", new { });
        await (await there.Get("/sign-in")).Submit(null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Email"] = account.Owner(), ["Command.Password"] = TestAccount.Password });
        Assert.True(await there.IsInside(account));
        Assert.Single(await app.Letters(account.Owner()));
    }

    [Fact]
    public async Task The_cookie_is_worth_nothing_to_whoever_reads_the_database()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var cookie = browser.Cookies["plura_device"];
        Assert.Equal(64, cookie.Length);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.known_device d where d::text like $1", $"%{cookie}%"));
        Assert.Equal(1, await app.Ask<long>("select count(*) from accounts.known_device where user_id = $1", account.OwnerId));
    }

    [Fact]
    public async Task It_was_not_me_signs_everybody_out_and_begins_a_new_password()
    {
        var account = await app.NewAccount();
        var here = await account.SignIn();
        var (thief, _) = await app.EnterFromElsewhere(account);
        var link = (await app.Letter(account.Owner(), Alert)).Link("/not-me");
        var page = await app.NewBrowser().Get(link);
        Assert.True(await thief.IsInside(account));   // Looking changed nothing.
        Assert.Contains("Everybody is signed out", (await page.Submit(null, new { })).Text, StringComparison.Ordinal);
        Assert.False(await thief.IsInside(account));
        Assert.False(await here.IsInside(account));
        await (await app.NewBrowser().Get((await app.Letter(account.Owner(), "Choose a new password")).Link("/reset"))).Submit(null, new { Password = "seven green hats on a wall" });
        Assert.Equal("/sign-in", (await app.EnterFromElsewhere(account)).Page.Url.AbsolutePath);
        Assert.Contains("no longer good", (await (await app.NewBrowser().Get(link)).Submit(null, new { })).Text, StringComparison.Ordinal);
    }
}
