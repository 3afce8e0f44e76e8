using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Platform;

namespace Plura.Tests;

/// <summary>What the tests of signing in do again and again.</summary>
internal static class Doorway
{
    public const string WrongPassword = "not the password at all";

    public static string Email(this TestAccount account) => $"owner@{account.Slug}.example";

    /// <summary>Sends the sign-in page's form.</summary>
    public static async Task<WebPage> Give(this Browser browser, string email, string password) =>
        await (await browser.Get("/sign-in")).Submit(null, new { Email = email, Password = password });

    public static Task<WebPage> GivePassword(this Browser browser, TestAccount account) => browser.Give(account.Email(), TestAccount.Password);

    public static Task<WebPage> GiveCode(this WebPage page, string code) => page.Submit("[name='Command.Code']", new { Code = code });

    /// <summary>The owner, who is signed in, sets up an authenticator app.</summary>
    public static async Task<(AuthenticatorApp Phone, IReadOnlyList<string> Codes)> SetUpApp(this TestAccount account, PluraApp app)
    {
        var page = await account.Browser.Get("/me/security/authenticator");
        var phone = new AuthenticatorApp(page.Find(".copy-line code").TextContent.Trim());
        var done = await page.GiveCode(phone.CodeAt(app.Clock.GetUtcNow()));
        var codes = done.All(".recovery-codes code").ToList();
        Assert.True(codes.Count == 10, done.Text);
        return (phone, codes);
    }

    /// <summary>What the page says is wrong.</summary>
    public static string Errors(this WebPage page) => string.Join(" | ", page.All(".error:not([hidden])").Concat(page.All(".notice.bad")).Where(t => t.Length > 0));

    public static async Task<bool> IsInside(this Browser browser, TestAccount account) =>
        (await browser.Get(account.Page("settings"))).Url.AbsolutePath == account.Page("settings");

    public static Task<Refusal?> Try(this PluraApp app, string email, string password) => app.In(null, async services =>
        (await services.GetRequiredService<SignInHandler>().Handle(new SignIn { Email = email, Password = password }, CancellationToken.None)).Refusal);
}
