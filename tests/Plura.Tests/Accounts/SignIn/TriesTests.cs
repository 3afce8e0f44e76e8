using Plura.Platform;

namespace Plura.Tests;

/// <summary>A stranger who goes on guessing keeps nobody out whose browser is known, nor anybody who is inside.</summary>
public sealed class TriesTests(PluraApp app)
{
    private const string Fresh = "seven green hats on a wall";

    [Fact]
    public async Task A_browser_by_which_somebody_signed_in_before_counts_its_own_tries()
    {
        var account = await app.NewAccount();
        var known = await account.SignIn();
        await SignOut(known, account);
        await Guess(account);
        Assert.Equal("/sign-in", (await app.EnterFromElsewhere(account)).Page.Url.AbsolutePath);
        await known.GivePassword(account);
        Assert.True(await known.IsInside(account));
    }

    [Fact]
    public async Task Its_own_wrong_tries_let_it_rest_too_and_no_other_browser()
    {
        var account = await app.NewAccount();
        var known = await account.SignIn();
        await SignOut(known, account);
        for (var i = 0; i < 6; i++)
            await known.Give(account.Email(), Doorway.WrongPassword);
        Assert.Equal("/sign-in", (await known.GivePassword(account)).Url.AbsolutePath);
        Assert.Equal(5, await app.Ask<int>("select wrong_tries from accounts.known_device where user_id = $1", account.OwnerId));
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account)).Page.Url.AbsolutePath);
    }

    [Fact]
    public async Task A_cookie_of_one_person_is_no_device_of_another()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount());
        var foreign = await other.SignIn();
        await SignOut(foreign, other);
        for (var i = 0; i < 6; i++)
            await foreign.Give(account.Email(), Doorway.WrongPassword);
        Assert.Equal(5, await app.Ask<int>("select access_failed_count from accounts.\"user\" where id = $1", account.OwnerId));
        Assert.Equal(0, await app.Ask<int>("select wrong_tries from accounts.known_device where user_id = $1", other.OwnerId));
    }

    [Fact]
    public async Task Whoever_is_inside_changes_their_password_and_confirms_who_they_are_while_strangers_guess()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var inside = await account.SignIn();
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        await Guess(account, own);
        var asked = await inside.Get("/me/security/passkeys");
        Assert.Equal("/me/security/passkeys", (await asked.Submit("[name='Password.Password']", new { TestAccount.Password })).Url.AbsolutePath);
        var done = await (await inside.Get("/me/password")).Submit("[name='Command.New']", new { Current = TestAccount.Password, New = Fresh });
        Assert.Contains("Your password is changed", done.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_inside_a_session_rests_and_says_so_whatever_is_entered_and_the_next_session_begins_anew()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var inside = await account.SignIn();
        var asked = await inside.Get("/confirm-it-is-you");
        for (var i = 0; i < 5; i++)
            Assert.Contains("This is not your password", (await asked.Submit("[name='Password.Password']", new { Password = Doorway.WrongPassword })).Errors(), StringComparison.Ordinal);
        Assert.Contains("whatever you enter", (await asked.Submit("[name='Password.Password']", new { TestAccount.Password })).Text, StringComparison.Ordinal);
        Assert.Equal(0, await own.Ask<int>("select access_failed_count from accounts.\"user\" where id = $1", account.OwnerId));
        Assert.Equal($"/a/{account.Slug}", (await own.EnterFromElsewhere(account)).Page.Url.AbsolutePath);
        own.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.NotEqual("/confirm-it-is-you", (await asked.Submit("[name='Password.Password']", new { TestAccount.Password })).Url.AbsolutePath);
    }

    [Fact]
    public async Task Where_a_new_password_was_chosen_by_letter_strangers_keep_nobody_out()
    {
        var account = await app.NewAccount();
        await (await app.NewBrowser().Get("/forgot")).Submit(null, new { Email = account.Owner() });
        var browser = app.NewBrowser();
        await (await browser.Get((await app.Letter(account.Owner(), "Choose a new password")).Link("/reset"))).Submit(null, new { Password = Fresh });
        await Guess(account);
        Assert.Equal("/sign-in", (await app.EnterFromElsewhere(account, Fresh)).Page.Url.AbsolutePath);
        Assert.Equal($"/a/{account.Slug}", (await browser.Give(account.Email(), Fresh)).Url.AbsolutePath);
    }

    /// <summary>A stranger's wrong passwords, until the person rests.</summary>
    private async Task Guess(TestAccount account, PluraApp? at = null)
    {
        for (var i = 0; i < 6; i++)
            Assert.Equal(RefusalKind.Invalid, (await (at ?? app).Try(account.Email(), Doorway.WrongPassword))?.Kind);
    }

    private static async Task SignOut(Browser browser, TestAccount account) => await (await browser.Get(account.Page("settings"))).Submit("form[action='/sign-out']", new { });
}
