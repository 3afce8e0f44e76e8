namespace Plura.Tests;

/// <summary>Signing in with Google, against an OpenID provider of our own on this machine.</summary>
public sealed class GoogleSignInTests(PluraApp first)
{
    [Fact]
    public async Task Without_settings_there_is_no_such_button()
    {
        Assert.DoesNotContain("Google", (await first.NewBrowser().Get("/sign-in")).Text, StringComparison.Ordinal);
        var account = await first.NewAccount();
        Assert.DoesNotContain("Google", (await (await account.SignIn()).Get("/me/security")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connected_person_gets_in()
    {
        await using var google = await OpenIdProvider.Start();
        await using var app = await first.Another(google.Settings);
        var account = await app.NewAccount();
        var connected = await Connect(account);
        Assert.Contains("Connected", connected.Text, StringComparison.Ordinal);
        var browser = app.NewBrowser();
        var inside = await (await browser.Get("/sign-in")).Click("Sign in with Google");
        Assert.Equal($"/a/{account.Slug}", inside.Url.AbsolutePath);
        Assert.True(await browser.IsInside(account));
    }

    [Fact]
    public async Task The_page_asked_for_is_reached_by_way_of_Google()
    {
        await using var google = await OpenIdProvider.Start();
        await using var app = await first.Another(google.Settings);
        var account = await app.NewAccount();
        await Connect(account);
        var asked = await app.NewBrowser().Get(account.Page("settings"));
        Assert.Equal(account.Page("settings"), (await asked.Click("Sign in with Google")).Url.AbsolutePath);
    }

    [Fact]
    public async Task A_mailbox_alone_takes_over_no_account()
    {
        await using var google = await OpenIdProvider.Start();
        await using var app = await first.Another(google.Settings);
        var account = await app.NewAccount();
        google.Person = ("g-2", "Olivia Owner", account.Email(), true);
        var browser = app.NewBrowser();
        var asked = await (await browser.Get("/sign-in")).Click("Sign in with Google");
        Assert.Equal("/sign-in", asked.Url.AbsolutePath);
        Assert.Contains("Sign in with your password once more", asked.Text, StringComparison.Ordinal);
        Assert.False(await browser.IsInside(account));
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.user_login"));

        // By the password it is theirs to connect, and only by a button.
        var ask = await asked.Submit("[name='Command.Email']", new { Email = account.Email(), TestAccount.Password });
        Assert.Equal("/me/security/with/google", ask.Url.AbsolutePath);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.user_login"));
        await ask.Submit("main form", new { });
        Assert.Equal(1, await app.Ask<long>("select count(*) from accounts.user_login where user_id = $1", account.OwnerId));
    }

    [Fact]
    public async Task A_stranger_signs_up_with_name_and_address_filled_in_and_the_same_questions()
    {
        await using var google = await OpenIdProvider.Start();
        await using var app = await first.Another(google.Settings);
        var page = await (await app.NewBrowser().Get("/sign-in")).Click("Sign in with Google");
        Assert.Equal("/sign-up", page.Url.AbsolutePath);
        Assert.Equal("Gail Green", page.Find("[name='Command.Name']").GetAttribute("value"));
        Assert.Equal("gail@mail.example", page.Find("[name='Command.Email']").GetAttribute("value"));
        var fields = new { Password = "four words in a row", Business = "Gail's Garden", Country = "US", TimeZone = "America/New_York", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = false };
        Assert.Contains("data-processing agreement", (await page.Submit("[name='Command.BirthYear']", fields)).Errors(), StringComparison.Ordinal);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.\"user\" where email = 'gail@mail.example'"));
        var done = await page.Submit("[name='Command.BirthYear']", new { fields.Password, fields.Business, fields.Country, fields.TimeZone, fields.BirthYear, fields.AcceptTerms, AcceptProcessing = true });
        Assert.Equal("/sign-up/check-mail", done.Url.AbsolutePath);

        var browser = app.NewBrowser();
        Assert.Contains("confirm your e-mail address first", (await (await browser.Get("/sign-in")).Click("Sign in with Google")).Text, StringComparison.Ordinal);
        await app.Do("update accounts.\"user\" set email_confirmed = true where email = 'gail@mail.example'");
        Assert.StartsWith("/a/gail", (await (await browser.Get("/sign-in")).Click("Sign in with Google")).Url.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mallory@mail.example", true)]
    [InlineData("gail@mail.example", false)]
    public async Task A_sign_up_for_an_address_that_Google_did_not_vouch_for_leaves_no_key_behind(string atGoogle, bool verified)
    {
        await using var google = await OpenIdProvider.Start();
        await using var app = await first.Another(google.Settings);
        google.Person = ("g-mallory", "Mallory", atGoogle, verified);
        var done = await SignUp(await (await app.NewBrowser().Get("/sign-in")).Click("Sign in with Google"), "gail@mail.example");
        Assert.Equal("/sign-up/check-mail", done.Url.AbsolutePath);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.user_login"));

        // The one who reads the mailbox chooses a password; whoever came first still finds no way in.
        await app.ChooseNewPassword("gail@mail.example", "seven green hats on a wall");
        Assert.Equal("/sign-up", (await (await app.NewBrowser().Get("/sign-in")).Click("Sign in with Google")).Url.AbsolutePath);
    }

    [Fact]
    public async Task A_new_password_by_letter_drops_what_was_connected_while_nobody_had_confirmed_the_address()
    {
        await using var google = await OpenIdProvider.Start();
        await using var app = await first.Another(google.Settings);
        var account = await app.NewAccount();
        await Connect(account);
        var (_, codes) = await account.SetUpApp(app);
        await app.Do("update accounts.\"user\" set email_confirmed = false where id = $1", account.OwnerId);
        await app.ChooseNewPassword(account.Owner(), "seven green hats on a wall");
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.user_login where user_id = $1", account.OwnerId));
        Assert.Equal(10, codes.Count);
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account, "seven green hats on a wall")).Page.Url.AbsolutePath);
        Assert.NotEqual($"/a/{account.Slug}", (await (await app.NewBrowser().Get("/sign-in")).Click("Sign in with Google")).Url.AbsolutePath);
    }

    [Fact]
    public async Task A_new_password_by_letter_keeps_what_a_confirmed_person_had_connected()
    {
        await using var google = await OpenIdProvider.Start();
        await using var app = await first.Another(google.Settings);
        var account = await app.NewAccount();
        await Connect(account);
        await app.ChooseNewPassword(account.Owner(), "seven green hats on a wall");
        Assert.Equal($"/a/{account.Slug}", (await (await app.NewBrowser().Get("/sign-in")).Click("Sign in with Google")).Url.AbsolutePath);
    }

    [Fact]
    public async Task Whoever_has_an_app_is_asked_for_its_code_here_too()
    {
        await using var google = await OpenIdProvider.Start();
        await using var app = await first.Another(google.Settings);
        var account = await app.NewAccount();
        await Connect(account);
        var (_, codes) = await account.SetUpApp(app);
        var browser = app.NewBrowser();
        var asked = await (await browser.Get("/sign-in")).Click("Sign in with Google");
        Assert.Equal("/sign-in/code", asked.Url.AbsolutePath);
        Assert.False(await browser.IsInside(account));
        await (await browser.Get("/sign-in/code")).GiveCode(codes[0]);
        Assert.True(await browser.IsInside(account));
    }

    [Fact]
    public async Task A_forged_token_and_a_refusal_lead_back_with_a_sentence()
    {
        await using var google = await OpenIdProvider.Start();
        await using var app = await first.Another(google.Settings);
        var account = await app.NewAccount();
        await Connect(account);
        google.Forge = true;
        Assert.Contains("did not let you in", (await (await app.NewBrowser().Get("/sign-in")).Click("Sign in with Google")).Text, StringComparison.Ordinal);
        (google.Forge, google.Refuse) = (false, true);
        Assert.Contains("did not let you in", (await (await app.NewBrowser().Get("/sign-in")).Click("Sign in with Google")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_Google_account_opens_one_person_and_can_be_disconnected()
    {
        await using var google = await OpenIdProvider.Start();
        await using var app = await first.Another(google.Settings);
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        await Connect(mine);
        Assert.Contains("connected already", (await Connect(other)).Text, StringComparison.Ordinal);
        await (await mine.Browser.Get("/me/security/with/google")).Submit("#disconnect form", new { });
        Assert.Equal("/sign-up", (await (await app.NewBrowser().Get("/sign-in")).Click("Sign in with Google")).Url.AbsolutePath);
    }

    private static Task<WebPage> SignUp(WebPage page, string email) => page.Submit(
        "[name='Command.BirthYear']",
        new { Email = email, Password = "four words in a row", Business = "Gail's Garden", Country = "US", TimeZone = "America/New_York", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true });

    private static async Task<WebPage> Connect(TestAccount account)
    {
        await account.SignIn();
        var chosen = await (await account.Browser.Get("/me/security/with/google")).Click("Choose a Google account");
        Assert.Equal("/me/security/with/google", chosen.Url.AbsolutePath);
        return await chosen.Submit("main form", new { });
    }
}
