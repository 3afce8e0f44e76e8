using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

public sealed class SignInTests(PluraApp app)
{
    [Fact]
    public async Task The_owner_gets_in_and_a_stranger_gets_404()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var browser = await mine.SignIn();
        Assert.Equal(HttpStatusCode.OK, (await browser.Get(mine.Page("settings"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(other.Page("settings"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/a/no-such-account/settings")).Status);
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in_and_then_comes_back_to_the_page()
    {
        var account = await app.NewAccount();
        var asked = await account.Browser.Get(account.Page("settings"));
        Assert.StartsWith("/sign-in", asked.Url.PathAndQuery, StringComparison.Ordinal);
        var inside = await asked.Submit(null, Credentials(account));
        Assert.Equal(account.Page("settings"), inside.Url.PathAndQuery);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var account = await app.NewAccount();
        var wrong = await Try($"owner@{account.Slug}.example", "not the password at all");
        var unknown = await Try("nobody@nowhere.example", "not the password at all");
        Assert.Equal(wrong, unknown);
        Assert.NotNull(wrong);
    }

    [Fact]
    public async Task Ten_wrong_passwords_rest_the_account_and_the_right_one_then_gets_the_same_answer()
    {
        var account = await app.NewAccount();
        var email = $"owner@{account.Slug}.example";
        for (var i = 0; i < 10; i++)
            await Try(email, "not the password at all");
        Assert.Equal(await Try("nobody@nowhere.example", "x"), await Try(email, TestAccount.Password));
    }

    [Fact]
    public async Task A_link_to_another_site_is_not_followed_after_signing_in()
    {
        var account = await app.NewAccount();
        var page = await account.Browser.Get("/sign-in?return=" + Uri.EscapeDataString("//evil.example/"));
        var inside = await page.Submit(null, Credentials(account));
        Assert.Equal($"/a/{account.Slug}", inside.Url.PathAndQuery);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_a_copied_cookie_too()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var copy = app.NewBrowser();
        foreach (var (name, value) in browser.Cookies)
            copy.Keep(name, value);
        Assert.Equal(account.Page("settings"), (await copy.Get(account.Page("settings"))).Url.PathAndQuery);
        await (await browser.Get(account.Page("settings"))).Submit("form[action='/sign-out']", new { });
        Assert.StartsWith("/sign-in", (await copy.Get(account.Page("settings"))).Url.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_letters_link_confirms_by_a_button_and_not_by_looking()
    {
        var user = User.Join("Cleo", $"cleo{Guid.CreateVersion7(app.Clock.GetUtcNow()):N}@x.example", "birth_year", app.Clock.GetUtcNow());
        user.NormalizedEmail = user.NormalizedUserName = user.Email!.ToUpperInvariant();
        var link = await app.In(null, async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            db.Users.Add(user);
            await db.SaveChangesAsync();
            return await services.GetRequiredService<IAccountDirectory>().ConfirmationLink(user.Id, CancellationToken.None);
        });
        var page = await app.NewBrowser().Get(new Uri(link!).PathAndQuery);
        Assert.False(await Confirmed(user.Id));
        await page.Submit(null, new { });
        Assert.True(await Confirmed(user.Id));
    }

    private Task<bool> Confirmed(Guid user) => app.In(null, services => services.GetRequiredService<PluraDb>().Users.Where(u => u.Id == user).Select(u => u.EmailConfirmed).SingleAsync());

    private Task<Refusal?> Try(string email, string password) => app.In(null, async services =>
        (await services.GetRequiredService<SignInHandler>().Handle(new SignIn { Email = email, Password = password }, CancellationToken.None)).Refusal);

    private static Dictionary<string, object?> Credentials(TestAccount account) => new(StringComparer.Ordinal) { ["Command.Email"] = $"owner@{account.Slug}.example", ["Command.Password"] = TestAccount.Password };
}
