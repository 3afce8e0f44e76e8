using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Platform;

namespace Plura.Tests;

/// <summary>Dangerous acts ask once more who you are, before the form is shown.</summary>
public sealed class FreshTests(PluraApp first)
{
    [Theory]
    [InlineData("/me/security/authenticator")]
    [InlineData("/me/security/passkeys")]
    public async Task After_ten_minutes_a_page_asks_first_and_then_shows_itself(string path)
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        Assert.Equal(path, (await browser.Get(path)).Url.AbsolutePath);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var asked = await browser.Get(path);
        Assert.Equal("/confirm-it-is-you", asked.Url.AbsolutePath);
        var wrong = await asked.Submit("[name='Password.Password']", new { Password = Doorway.WrongPassword });
        Assert.Contains("This is not your password", wrong.Errors(), StringComparison.Ordinal);
        Assert.Equal(path, (await wrong.Submit("[name='Password.Password']", new { TestAccount.Password })).Url.AbsolutePath);
        Assert.Equal(path, (await browser.Get(path)).Url.AbsolutePath);
    }

    [Fact]
    public async Task What_is_posted_too_late_is_not_done_and_the_page_says_so()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page("settings/tokens"));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var late = await page.Submit("[name='Command.Name']", new { Name = "Website", Scopes = "contacts.read" });
        Assert.Equal("/confirm-it-is-you", late.Url.AbsolutePath);
        Assert.Contains("nothing was changed", late.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.api_token where name = 'Website'"));
        var held = await late.Submit("[name='Password.Password']", new { TestAccount.Password });
        Assert.Equal("/confirm-it-is-you/go-on", held.Url.AbsolutePath);
        Assert.Equal("Website", held.Find("[name='Command.Name']").GetAttribute("value"));
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.api_token where name = 'Website'"));
        var done = await held.Submit("[name='Command.Name']", new { });
        Assert.True(await app.Ask<long>("select count(*) from accounts.api_token where name = 'Website'") == 1, $"{done.Status} {done.Url}: {done.Text}");
    }

    [Fact]
    public async Task What_waits_is_one_persons_and_holds_no_secret()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page("settings/tokens"));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        using var form = new FormUrlEncodedContent([
            new("__RequestVerificationToken", page.Find("[name=__RequestVerificationToken]").GetAttribute("value")!), new("_handler", "create-token"), new("Command.Name", "Website"), new("Command.Password", "not to be kept")]);
        using var answer = await browser.Send(HttpMethod.Post, account.Page("settings/tokens"), form, follow: false);
        Assert.False((await (await app.NewAccount()).Browser.Get("/confirm-it-is-you/go-on")).Html.Contains("Website", StringComparison.Ordinal));
        var held = await browser.Get("/confirm-it-is-you/go-on");
        Assert.Contains("Website", held.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("not to be kept", held.Html, StringComparison.Ordinal);
        Assert.Contains("Nothing waits", (await browser.Get("/confirm-it-is-you/go-on")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_of_the_app_confirms_too_and_only_once()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var (phone, _) = await account.SetUpApp(app);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var code = phone.CodeAt(app.Clock.GetUtcNow());
        var inside = await (await browser.Get("/me/security/passkeys")).Submit("[name='Code.Code']", new { Code = code });
        Assert.Equal("/me/security/passkeys", inside.Url.AbsolutePath);
        var again = await (await browser.Get("/confirm-it-is-you")).Submit("[name='Code.Code']", new { Code = code });
        Assert.Contains("used already", again.Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_an_app_proves_it_by_a_code_and_not_by_the_password_alone()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var (_, codes) = await account.SetUpApp(app);
        var open = await browser.Get("/me/security/authenticator");
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var asked = await open.Submit("#turn-off form", new { });
        Assert.Equal("/confirm-it-is-you", asked.Url.AbsolutePath);
        Assert.Null(asked.Document.QuerySelector("[name='Password.Password']"));
        var alone = await app.In(null, services =>
        {
            services.GetRequiredService<Actor>().Become(ActorKind.User, account.OwnerId, "Olivia Owner", []);
            return services.GetRequiredService<ConfirmItIsYouHandler>().Handle(new ConfirmItIsYou { By = ProvenBy.Password, Password = TestAccount.Password }, default);
        });
        Assert.Equal("confirm.code_needed", alone.Refusal?.Code);
        Assert.Equal("/confirm-it-is-you", (await browser.Get("/me/security/passkeys")).Url.AbsolutePath);
        Assert.Equal(1, await app.Ask<long>("select count(*) from accounts.authenticator where user_id = $1", account.OwnerId));

        // Without the phone, by a recovery code.
        var confirmed = await (await browser.Get("/me/security/authenticator")).Submit("[name='Code.Code']", new { Code = codes[0] });
        Assert.Equal("/me/security", (await confirmed.Submit("#turn-off form", new { })).Url.AbsolutePath);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.authenticator where user_id = $1", account.OwnerId));
    }

    [Fact]
    public async Task Daily_pages_never_ask()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.True(await browser.IsInside(account));
        Assert.Equal("/me/security", (await browser.Get("/me/security")).Url.AbsolutePath);
    }

    [Fact]
    public async Task The_way_back_never_leads_to_another_site()
    {
        var account = await first.NewAccount();
        var browser = await account.SignIn();
        var page = await browser.Get("/confirm-it-is-you?return=" + Uri.EscapeDataString("/\t/evil.example"));
        Assert.Equal($"/a/{account.Slug}", (await page.Submit("[name='Password.Password']", new { TestAccount.Password })).Url.AbsolutePath);
    }
}
