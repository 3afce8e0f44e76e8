using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

/// <summary>Whoever was let in by a password that others knew leaves no door of their own behind, and bars none.</summary>
public sealed class DoorsSinceTests(PluraApp app)
{
    private const string Fresh = "seven green hats on a wall";
    private const string Alert = "New sign-in: A program";

    [Fact]
    public async Task It_was_not_me_takes_away_what_was_added_since_and_leaves_what_is_older()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        await Add(account, "Mine", older: true);
        var (thief, _) = await app.EnterFromElsewhere(account);
        await Add(account, "The thief’s", older: false);
        await SetUpApp(thief);
        var page = await Press(account);
        var said = string.Join(" | ", page.All(".empty-state li"));
        Assert.Equal("the authenticator app | the recovery codes | the passkey “The thief’s” | signing in with google (The thief’s) | the passkey “Mine” | signing in with google (Mine)", said);
        Assert.Equal(0, await Count(account, "authenticator") + await Count(account, "recovery_code"));
        Assert.Equal((1, 1), (await Count(account, "user_passkey"), await Count(account, "user_login")));
        Assert.Contains("this was taken away: the authenticator app, the recovery codes, the passkey “The thief’s”", (await app.Letter(account.Owner(), "How you sign in was changed")).TextBody, StringComparison.Ordinal);
        // The way back in needs no code of the thief's, and says what else is as before.
        var done = await Reset(account);
        Assert.Contains("these are as before: 1 passkey, signing in with google (Mine)", done.Text, StringComparison.Ordinal);
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account, Fresh)).Page.Url.AbsolutePath);
    }

    [Fact]
    public async Task Until_there_is_a_new_password_the_one_that_others_know_opens_nothing()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        await app.EnterFromElsewhere(account);
        await Press(account);
        Assert.Equal("/sign-in", (await app.EnterFromElsewhere(account)).Page.Url.AbsolutePath);
    }

    [Fact]
    public async Task An_app_that_is_older_stays_and_recovery_codes_that_were_made_since_go()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.SignIn();
        var (_, codes) = await account.SetUpApp(own);
        var (thief, _) = await own.EnterFromElsewhere(account);
        await (await thief.Get("/sign-in/code")).GiveCode(codes[0]);
        Assert.Equal(10, (await (await thief.Get("/me/security/authenticator")).Submit("#make-codes form", new { })).All(".recovery-codes code").Count());
        var page = await (await own.NewBrowser().Get((await own.Letter(account.Owner(), Alert)).Link("/not-me"))).Submit(null, new { });
        Assert.Equal("the recovery codes | the authenticator app", string.Join(" | ", page.All(".empty-state li")));
        Assert.Equal(1L, await own.Ask<long>("select count(*) from accounts.authenticator where user_id = $1", account.OwnerId));
        Assert.Equal(0L, await own.Ask<long>("select count(*) from accounts.recovery_code where user_id = $1", account.OwnerId));
    }

    [Fact]
    public async Task Stopping_a_change_of_address_takes_away_what_whoever_asked_had_added_before_they_asked()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        await Add(account, "Mine", older: true);
        var (thief, _) = await app.EnterFromElsewhere(account);
        await Add(account, "The thief’s", older: false);
        await (await thief.Get("/me/email")).Submit("[name='Command.Email']", new { Email = $"thief@{account.Slug}.example", TestAccount.Password });
        var page = await (await app.NewBrowser().Get((await app.Letter(account.Owner(), "Your e-mail address is about to change")).Link("/stop-email-change"))).Submit(null, new { });
        Assert.Equal("the passkey “The thief’s” | signing in with google (The thief’s) | the passkey “Mine” | signing in with google (Mine)", string.Join(" | ", page.All(".empty-state li")));
        Assert.Equal((1, 1), (await Count(account, "user_passkey"), await Count(account, "user_login")));
        Assert.Equal("/sign-in", (await app.EnterFromElsewhere(account)).Page.Url.AbsolutePath);
        await Reset(account);
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account, Fresh)).Page.Url.AbsolutePath);
    }

    /// <summary>The letter about the thief's sign-in, and its button.</summary>
    private async Task<WebPage> Press(TestAccount account) =>
        await (await app.NewBrowser().Get((await app.Letter(account.Owner(), Alert)).Link("/not-me"))).Submit(null, new { });

    private async Task<WebPage> Reset(TestAccount account) =>
        await (await app.NewBrowser().Get((await app.Letter(account.Owner(), "Choose a new password")).Link("/reset"))).Submit(null, new { Password = Fresh });

    private async Task<int> Count(TestAccount account, string table) => (int)await app.Ask<long>($"select count(*) from accounts.{table} where user_id = $1", account.OwnerId);

    private async Task SetUpApp(Browser browser)
    {
        var page = await browser.Get("/me/security/authenticator");
        var phone = new AuthenticatorApp(page.Find(".copy-line code").TextContent.Trim());
        Assert.Equal(10, (await page.GiveCode(phone.CodeAt(app.Clock.GetUtcNow()))).All(".recovery-codes code").Count());
    }

    /// <summary>A passkey and a connected provider of this name.</summary>
    private Task Add(TestAccount account, string name, bool older) => app.In(null, async services =>
    {
        var (db, at) = (services.GetRequiredService<PluraDb>(), app.Clock.GetUtcNow() - (older ? TimeSpan.FromDays(3) : TimeSpan.Zero));
        db.Add(new UserPasskey { UserId = account.OwnerId, CredentialId = Guid.CreateVersion7(at).ToByteArray(), Data = new IdentityPasskeyData { Name = name, CreatedAt = at, PublicKey = [1], AttestationObject = [1], ClientDataJson = [1] } });
        db.Add(new UserLogin { UserId = account.OwnerId, LoginProvider = "google", ProviderKey = Guid.CreateVersion7(at).ToString(), ProviderDisplayName = name, Since = at });
        await db.SaveChangesAsync();
    });
}
