namespace Plura.Tests.Architecture;

/// <summary>A person's own pages; see <see cref="OutsideSamples"/>.</summary>
/// <param name="app">With <see cref="ScriptedPasskeys"/> and the other door.</param>
/// <param name="google">The other door.</param>
internal sealed class OutsideSamplesOfPeople(PluraApp app, OpenIdProvider google)
{
    private int number;

    public Dictionary<string, Func<Task<Func<Task<WebPage>>>>> All => new(StringComparer.Ordinal)
    {
        ["ProfilePage profile"] = () => Mine("/me", "[name='Command.Name']", new { Name = "Olivia Other" }),
        ["YourAccountsPage leave"] = async () => await OutsideSamples.Form((await (await Inside()).Colleague(app)).Browser, "/me/accounts", "dialog form", new { }),
        ["LeavePage delete-sign-in"] = async () =>
        {
            var user = await app.NewUser();
            return await OutsideSamples.Form(user.Browser, "/me/leave", "input[name='Command.Email']", new { user.Email });
        },
        ["ChangeEmailPage change-email"] = () => Mine("/me/email", "[name='Command.Email']", new { Email = $"other{++number}@people.example", TestAccount.Password }),
        ["NotificationsPage notifications"] = () => Mine("/me/notifications", "[name=app]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["app"] = Array.Empty<string>(), ["mail"] = (string[])["now:campaign_finished"] }),
        ["NotificationsPage allow-push"] = () => Mine("/me/notifications", "[name='Allowing.Endpoint']", FakePhone.New().Form),
        ["NotificationsPage end-push"] = async () =>
        {
            var browser = (await Inside()).Browser;
            await browser.TurnOnPush(FakePhone.New());
            var page = await browser.Get("/me/notifications");
            return () => page.Submit("button[name='Ending.Id']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ending.Id"] = page.Find("button[name='Ending.Id']").GetAttribute("value") });
        },
        ["ChangePasswordPage change-password"] = () => Mine("/me/password", "[name='Command.Current']", new { Current = TestAccount.Password, New = "seven green hats on a wall" }),
        ["AuthenticatorPage set-up-authenticator"] = async () =>
        {
            var page = await (await Inside()).Browser.Get("/me/security/authenticator");
            var phone = new AuthenticatorApp(page.Find(".copy-line code").TextContent.Trim());
            return () => page.GiveCode(phone.CodeAt(app.Clock.GetUtcNow()));
        },
        ["AuthenticatorPage new-codes"] = async () => await OutsideSamples.Form(await WithApp(), "/me/security/authenticator", "#make-codes form", new { }),
        ["AuthenticatorPage turn-off"] = async () => await OutsideSamples.Form(await WithApp(), "/me/security/authenticator", "#turn-off form", new { }),
        ["PasskeysPage add-passkey"] = async () => await (await Inside()).Browser.PasskeyMade(),
        ["PasskeysPage rename"] = async () => await OutsideSamples.Form(await WithPasskey(), "/me/security/passkeys", "[name='Renaming.Name']", new { Name = "Old phone" }),
        ["PasskeysPage remove"] = async () => await OutsideSamples.Form(await WithPasskey(), "/me/security/passkeys", "[name='Removing.Id']", new { }),
        ["OtherDoorPage connect"] = async () =>
        {
            var chosen = await Chosen((await Inside()).Browser);
            return () => chosen.Submit("[name=_handler][value=connect]", new { });
        },
        ["OtherDoorPage disconnect"] = async () =>
        {
            var browser = (await Inside()).Browser;
            await (await Chosen(browser)).Submit("[name=_handler][value=connect]", new { });
            return await OutsideSamples.Form(browser, "/me/security/with/google", "#disconnect form", new { });
        },
        ["SessionsPage end-session"] = async () =>
        {
            var page = await (await Twice()).Get("/me/sessions");
            return () => page.Submit("button[name='Ending.Session']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ending.Session"] = page.Find("button[name='Ending.Session']").GetAttribute("value") });
        },
        ["SessionsPage end-others"] = async () => await OutsideSamples.Form(await Twice(), "/me/sessions", "[name=_handler][value=end-others]", new { }),
    };

    private async Task<TestAccount> Inside()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        return account;
    }

    private async Task<Func<Task<WebPage>>> Mine(string page, string form, object fields) => await OutsideSamples.Form((await Inside()).Browser, page, form, fields);

    private async Task<Browser> WithApp()
    {
        var account = await Inside();
        await account.SetUpApp(app);
        return account.Browser;
    }

    private async Task<Browser> WithPasskey()
    {
        var browser = (await Inside()).Browser;
        await browser.AddPasskey();
        return browser;
    }

    /// <summary>Signed in on another device too.</summary>
    private async Task<Browser> Twice()
    {
        var account = await Inside();
        await app.EnterFromElsewhere(account);
        return account.Browser;
    }

    /// <summary>The page that asks whether the account chosen at the other door is to be connected.</summary>
    private async Task<WebPage> Chosen(Browser browser)
    {
        google.Person = ($"g-{++number}", "Gail Green", $"gail{number}@mail.example", true);
        return await (await browser.Get("/me/security/with/google")).Click("Choose a Google account");
    }
}
