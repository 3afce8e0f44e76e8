using System.Net;

namespace Plura.Tests;

public sealed class SecondFactorTests(PluraApp first)
{
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Whoever_has_an_app_gets_in_only_with_its_code()
    {
        await using var app = await first.Another();
        var (account, phone, _) = await WithApp(app);
        var browser = app.NewBrowser();
        var asked = await browser.GivePassword(account);
        Assert.Equal("/sign-in/code", asked.Url.AbsolutePath);
        Assert.False(await browser.IsInside(account));
        app.Clock.Advance(HalfMinute);
        var inside = await (await browser.Get("/sign-in/code")).GiveCode(phone.CodeAt(app.Clock.GetUtcNow()));
        Assert.Equal($"/a/{account.Slug}", inside.Url.AbsolutePath);
        Assert.True(await browser.IsInside(account));
    }

    [Fact]
    public async Task A_letter_tells_of_every_change_of_a_way_in()
    {
        await using var app = await first.Another();
        var (account, _, _) = await WithApp(app);
        Assert.Contains("An authenticator app was set up", (await app.Letter(account.Email(), "How you sign in was changed")).TextBody, StringComparison.Ordinal);
        await (await account.Browser.Get("/me/security/authenticator")).Submit("[name=_handler][value=turn-off]", new { });
        Assert.Contains("The authenticator app was turned off", (await app.Letter(account.Email(), "How you sign in was changed")).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_asked_for_is_reached_by_way_of_the_code()
    {
        await using var app = await first.Another();
        var (account, phone, _) = await WithApp(app);
        app.Clock.Advance(HalfMinute);
        var asked = await app.NewBrowser().Get(account.Page("settings"));
        var code = await asked.Submit(null, new { Email = account.Email(), TestAccount.Password });
        Assert.Equal(account.Page("settings"), (await code.GiveCode(phone.CodeAt(app.Clock.GetUtcNow()))).Url.AbsolutePath);
    }

    [Fact]
    public async Task A_code_opens_once_and_wrong_used_and_old_ones_get_the_same_sentence()
    {
        await using var app = await first.Another();
        var (account, phone, _) = await WithApp(app);
        app.Clock.Advance(HalfMinute);
        var code = phone.CodeAt(app.Clock.GetUtcNow());
        Assert.True((await (await app.NewBrowser().GivePassword(account)).GiveCode(code)).Status == HttpStatusCode.OK);
        var used = (await (await app.NewBrowser().GivePassword(account)).GiveCode(code)).Errors();
        var page = await app.NewBrowser().GivePassword(account);
        var old = (await page.GiveCode(phone.CodeAt(app.Clock.GetUtcNow() - (3 * HalfMinute)))).Errors();
        Assert.Contains("This code is not right", used, StringComparison.Ordinal);
        Assert.Equal(used, old);
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(used, (await (await app.NewBrowser().GivePassword(account)).GiveCode("000000")).Errors());
        Assert.Equal(used, (await (await app.NewBrowser().GivePassword(account)).GiveCode("aaaaa-bbbbb")).Errors());
    }

    [Fact]
    public async Task Clocks_may_differ_by_half_a_minute_and_not_by_a_whole_one()
    {
        await using var app = await first.Another();
        var (account, phone, _) = await WithApp(app);
        app.Clock.Advance(4 * HalfMinute);
        var page = await app.NewBrowser().GivePassword(account);
        Assert.NotEqual("", (await page.GiveCode(phone.CodeAt(app.Clock.GetUtcNow() - (2 * HalfMinute)))).Errors());
        Assert.NotEqual("", (await page.GiveCode(phone.CodeAt(app.Clock.GetUtcNow() + (2 * HalfMinute)))).Errors());
        Assert.Equal("", (await page.GiveCode(phone.CodeAt(app.Clock.GetUtcNow() - HalfMinute))).Errors());
        Assert.Equal("", (await (await app.NewBrowser().GivePassword(account)).GiveCode(phone.CodeAt(app.Clock.GetUtcNow() + HalfMinute))).Errors());
    }

    [Fact]
    public async Task Half_way_lasts_ten_minutes()
    {
        await using var app = await first.Another();
        var (account, phone, _) = await WithApp(app);
        var page = await app.NewBrowser().GivePassword(account);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var late = await page.GiveCode(phone.CodeAt(app.Clock.GetUtcNow()));
        Assert.Contains("sign in with your password again", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_password_nobody_is_asked_for_a_code()
    {
        var page = await first.NewBrowser().Get("/sign-in/code");
        Assert.Null(page.Document.QuerySelector("[name='Command.Code']"));
        Assert.Contains("sign in with your password again", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_way_is_worth_nothing_when_the_password_changed_meanwhile()
    {
        await using var app = await first.Another();
        var (account, phone, _) = await WithApp(app);
        var page = await app.NewBrowser().GivePassword(account);
        await app.Do("update accounts.\"user\" set security_stamp = 'another' where id = $1", account.OwnerId);
        app.Clock.Advance(HalfMinute);
        Assert.Contains("sign in with your password again", (await page.GiveCode(phone.CodeAt(app.Clock.GetUtcNow()))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_knows_the_password_cannot_guess_codes_without_end()
    {
        await using var app = await first.Another();
        var (account, phone, _) = await WithApp(app);
        app.Clock.Advance(HalfMinute);
        for (var guess = 0; guess < 3; guess++)
            await (await app.NewBrowser().GivePassword(account)).GiveCode("000000");
        var page = await app.NewBrowser().GivePassword(account);
        Assert.Equal("/sign-in", page.Url.AbsolutePath);
        Assert.True(await app.Ask<int>("select access_failed_count from accounts.\"user\" where id = $1", account.OwnerId) >= 5);
        Assert.NotNull(phone);
    }

    [Fact]
    public async Task A_key_that_nobody_confirmed_by_a_code_changes_nothing()
    {
        var account = await first.NewAccount();
        await account.SignIn();
        var page = await account.Browser.Get("/me/security/authenticator");
        var key = page.Find(".copy-line code").TextContent;
        var refused = await page.GiveCode("000000");
        Assert.Contains("This is not the code", refused.Errors(), StringComparison.Ordinal);
        Assert.Equal(key, refused.Find(".copy-line code").TextContent);
        Assert.Equal($"/a/{account.Slug}", (await first.NewBrowser().GivePassword(account)).Url.AbsolutePath);
    }

    [Fact]
    public async Task Turned_off_the_password_alone_opens_again()
    {
        await using var app = await first.Another();
        var (account, _, _) = await WithApp(app);
        var off = await (await account.Browser.Get("/me/security/authenticator")).Submit("#turn-off form", new { });
        Assert.Equal("/me/security", off.Url.AbsolutePath);
        Assert.Equal($"/a/{account.Slug}", (await app.NewBrowser().GivePassword(account)).Url.AbsolutePath);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.recovery_code where user_id = $1", account.OwnerId));
    }

    private static async Task<(TestAccount Account, AuthenticatorApp Phone, IReadOnlyList<string> Codes)> WithApp(PluraApp app)
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var (phone, codes) = await account.SetUpApp(app);
        return (account, phone, codes);
    }
}
