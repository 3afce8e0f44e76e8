using System.Net;

namespace Plura.Tests;

public sealed class RecoveryCodeTests(PluraApp app)
{
    [Fact]
    public async Task Each_opens_once()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var (_, codes) = await account.SetUpApp(app);
        Assert.Equal(10, codes.Distinct(StringComparer.Ordinal).Count());
        var browser = app.NewBrowser();
        await (await browser.GivePassword(account)).GiveCode(codes[0].ToUpperInvariant());
        Assert.True(await browser.IsInside(account));
        var again = await (await app.NewBrowser().GivePassword(account)).GiveCode(codes[0]);
        Assert.Contains("used already", again.Errors(), StringComparison.Ordinal);
        Assert.Contains("9 recovery codes are left", (await browser.Get("/me/security")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_send_the_same_code_at_once_one_gets_in()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var (_, codes) = await account.SetUpApp(app);
        var pages = new[] { await app.NewBrowser().GivePassword(account), await app.NewBrowser().GivePassword(account) };
        var ends = await Task.WhenAll(pages.Select(page => page.GiveCode(codes[0])));
        Assert.Single(ends, end => end.Url.AbsolutePath != "/sign-in/code");
    }

    [Fact]
    public async Task None_can_be_read_from_the_database()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var (_, codes) = await account.SetUpApp(app);
        var rows = await app.Ask<string>("select string_agg(encode(hash, 'escape') || id, ' ') from accounts.recovery_code where user_id = $1", account.OwnerId);
        Assert.All(codes, code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), rows, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task New_ones_replace_the_old_ones()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var (_, old) = await account.SetUpApp(app);
        var made = await (await account.Browser.Get("/me/security/authenticator")).Submit("#make-codes form", new { });
        var codes = made.All(".recovery-codes code").ToList();
        Assert.Equal(10, codes.Count);
        Assert.NotEqual("", (await (await app.NewBrowser().GivePassword(account)).GiveCode(old[0])).Errors());
        Assert.Equal($"/a/{account.Slug}", (await (await app.NewBrowser().GivePassword(account)).GiveCode(codes[0])).Url.AbsolutePath);
    }

    [Fact]
    public async Task They_are_a_file_at_the_moment_they_are_shown_and_nothing_else_is()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var (_, _) = await account.SetUpApp(app);
        var made = await (await account.Browser.Get("/me/security/authenticator")).Submit("#make-codes form", new { });
        var file = await made.Submit("form[action$='/file']", new { });
        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.All(made.All(".recovery-codes code"), code => Assert.Contains(code, file.Html, StringComparison.Ordinal));
        var token = made.Find("[name=__RequestVerificationToken]").GetAttribute("value")!;
        using var forged = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. Enumerable.Repeat(new KeyValuePair<string, string>("codes", "pay <b>me</b>"), 10)]);
        using var answer = await account.Browser.Send(HttpMethod.Post, "/me/security/recovery-codes/file", forged, follow: false);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }
}
