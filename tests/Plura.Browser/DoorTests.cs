using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plura.Accounts;

namespace Plura.Browser;

/// <summary>Each door, by a person with a phone or a fingerprint: the app's codes by our own reading of RFC 6238, passkeys by Chromium's virtual authenticator.</summary>
[Collection("one after the other")]
public sealed class DoorTests(LiveApp app)
{
    [Fact]
    public async Task A_person_sets_up_an_app_and_signs_in_with_its_code_and_with_a_recovery_code()
    {
        await using var person = await app.NewVisitor();
        var page = person.Page;
        var email = await app.Join("totp");
        await person.SignIn(email);
        await person.Go("/me/security");
        await person.Screen("doors/security");
        Nothing(await person.Barriers());
        await page.GetByRole(AriaRole.Link, new() { Name = "Set up" }).ClickAsync();
        await page.Locator("svg.qr").WaitForAsync();
        await page.GetByText("I cannot scan it").ClickAsync();
        var phone = new Phone(await page.Locator(".copy-line code").InnerTextAsync());
        await person.Screen("doors/authenticator");
        Nothing(await person.Barriers());
        var first = phone.Code();
        await page.FillAsync("[name='Command.Code']", first);
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await page.Locator(".recovery-codes").WaitForAsync();
        var codes = await page.Locator(".recovery-codes code").AllInnerTextsAsync();
        Assert.Equal(10, codes.Count);
        await person.Screen("doors/recovery-codes");
        Nothing(await person.Barriers());
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download as a file" }).ClickAsync());
        Assert.Equal("pluraos-recovery-codes.txt", download.SuggestedFilename);

        await using var elsewhere = await app.NewVisitor(390);
        await elsewhere.GivePassword(email);
        await elsewhere.Page.WaitForURLAsync("**/sign-in/code**");
        await elsewhere.Screen("doors/code-390");
        Nothing(await elsewhere.Barriers());
        await elsewhere.Page.FillAsync("[name='Command.Code']", phone.Next(first));
        await elsewhere.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await elsewhere.Page.WaitForURLAsync("**/a/**");

        await using var third = await app.NewVisitor(390, dark: true);
        await third.GivePassword(email);
        await third.Page.WaitForURLAsync("**/sign-in/code**");
        await third.Screen("doors/code-390-dark");
        await third.Page.FillAsync("[name='Command.Code']", codes[3]);
        await third.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await third.Page.WaitForURLAsync("**/a/**");
        foreach (var path in (string[])["/me/security", "/me/security/authenticator", "/me/security/passkeys", "/confirm-it-is-you"])
        {
            await third.Go(path);
            await third.Screen($"doors{path.Replace('/', '-')}-390-dark");
            Nothing(await third.Barriers());
            Assert.False(await third.ScrollsSideways(), path);
        }

        Nothing([.. person.Complaints, .. elsewhere.Complaints, .. third.Complaints]);
    }

    private static void Nothing(IReadOnlyCollection<string> problems) => Assert.True(problems.Count == 0, string.Join('\n', problems));

    [Fact]
    public async Task A_passkey_is_added_named_used_renamed_and_removed()
    {
        await using var person = await app.NewVisitor();
        var page = person.Page;
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await cdp.SendAsync("WebAuthn.enable");
        await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true } });
        var email = await app.Join("passkey");
        await person.SignIn(email);
        await person.Go("/me/security/passkeys");
        await page.FillAsync("[name='Command.Name']", "The office computer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByText("The passkey is ready").First.WaitForAsync();
        await page.GetByText("not used yet").WaitForAsync();
        await person.Screen("doors/passkeys");
        Nothing(await person.Barriers());

        // Wrong passwords rest the account; a passkey opens all the same.
        await page.Context.ClearCookiesAsync();
        await Lock(email);
        await person.GivePassword(email);
        await page.Locator(".field .error").First.WaitForAsync();
        await person.Screen("doors/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/a/**");

        await person.Go("/confirm-it-is-you?return=/me/security/passkeys");
        Nothing(await person.Barriers());
        await person.Screen("doors/confirm");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm with a passkey" }).ClickAsync();
        await page.GetByText("last used").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).First.ClickAsync();
        await page.FillAsync("dialog[open] [name='Renaming.Name']", "My phone");
        await page.Locator("dialog[open] button[type=submit]").ClickAsync();
        await page.Locator("strong", new() { HasText = "My phone" }).First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First.ClickAsync();
        await page.Locator("dialog[open] button[type=submit]").ClickAsync();
        await page.GetByText("The passkey is removed").First.WaitForAsync();

        // What was removed opens nothing any more.
        await page.Context.ClearCookiesAsync();
        await person.Go("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("does not open any account here").First.WaitForAsync();
        Nothing(person.Complaints);
    }

    private async Task Lock(string email)
    {
        await using var scope = app.Services.CreateAsyncScope();
        for (var i = 0; i < 6; i++)
            await scope.ServiceProvider.GetRequiredService<SignInHandler>().Handle(new SignIn { Email = email, Password = "not the password at all" }, CancellationToken.None);
    }
}
