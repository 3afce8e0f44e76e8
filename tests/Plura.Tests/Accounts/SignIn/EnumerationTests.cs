using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Plura.Accounts.Data;

namespace Plura.Tests;

/// <summary>Nobody learns from an answer who has an account: the same status, the same page, the same work. Work is counted, not timed.</summary>
public sealed partial class EnumerationTests(PluraApp first)
{
    [Fact]
    public async Task Signing_in_answers_the_same_whether_the_address_is_known_unknown_or_resting()
    {
        var counting = new CountingHasher();
        await using var app = await first.Another(counting.Register);
        var (account, resting) = (await app.NewAccount(), await app.NewAccount());
        for (var i = 0; i < 6; i++)
            await app.Try(resting.Email(), Doorway.WrongPassword);
        await app.Try("warm@nowhere.example", "the decoy is hashed once");

        var known = await Work(counting, () => app.NewBrowser().Give(account.Email(), Doorway.WrongPassword));
        var unknown = await Work(counting, () => app.NewBrowser().Give("nobody@nowhere.example", Doorway.WrongPassword));
        var rests = await Work(counting, () => app.NewBrowser().Give(resting.Email(), TestAccount.Password));
        Assert.Equal((HttpStatusCode.OK, 1), (known.Page.Status, known.Hashes));
        Assert.Equal((HttpStatusCode.OK, 1), (unknown.Page.Status, unknown.Hashes));
        Assert.Equal((HttpStatusCode.OK, 1), (rests.Page.Status, rests.Hashes));
        Assert.Equal(Bare(known.Page, account.Email()), Bare(unknown.Page, "nobody@nowhere.example"));
        Assert.Equal(Bare(known.Page, account.Email()), Bare(rests.Page, resting.Email()));
        Assert.Equal(known.Page.Url, unknown.Page.Url);
    }

    [Fact]
    public async Task Signing_up_answers_the_same_whether_or_not_the_address_is_taken()
    {
        var counting = new CountingHasher();
        await using var app = await first.Another(counting.Register);
        var account = await app.NewAccount();
        var taken = await Work(counting, () => SignUp(app, account.Email()));
        var free = await Work(counting, () => SignUp(app, "new@nowhere.example"));
        Assert.Equal("/sign-up/check-mail", free.Page.Url.AbsolutePath);
        Assert.Equal((free.Page.Status, free.Page.Url, free.Hashes), (taken.Page.Status, taken.Page.Url, taken.Hashes));
        Assert.Equal(1, free.Hashes);
        Assert.Equal(Bare(free.Page, ""), Bare(taken.Page, ""));
    }

    [Fact]
    public async Task The_page_of_the_code_answers_the_same_whether_a_code_is_wrong_or_the_account_rests()
    {
        var counting = new CountingHasher();
        await using var app = await first.Another(counting.Register);
        var account = await app.NewAccount();
        await account.SignIn();
        await account.SetUpApp(app);
        var page = await app.NewBrowser().GivePassword(account);
        var wrong = await Work(counting, () => page.GiveCode("000000"));
        for (var i = 0; i < 5; i++)
            await page.GiveCode("000000");
        var rests = await Work(counting, () => page.GiveCode("000000"));
        Assert.Equal((wrong.Page.Status, wrong.Page.Url, wrong.Hashes), (rests.Page.Status, rests.Page.Url, rests.Hashes));
        Assert.Equal(Bare(wrong.Page, ""), Bare(rests.Page, ""));
    }

    [Fact]
    public async Task The_questions_for_passkeys_say_nothing_of_anybody()
    {
        var page = await first.NewBrowser().Get("/sign-in");
        Assert.DoesNotContain("allowCredentials", page.Html, StringComparison.Ordinal);
        var browser = first.NewBrowser();
        var token = (await browser.Get("/sign-in")).Find("[name=__RequestVerificationToken]").GetAttribute("value")!;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        using var answer = await browser.Send(HttpMethod.Post, "/sign-in/passkey/options", form);
        var options = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.True(options.TryGetProperty("challenge", out _));
        Assert.True(!options.TryGetProperty("allowCredentials", out var allowed) || allowed.GetArrayLength() == 0);
    }

    private static async Task<WebPage> SignUp(PluraApp app, string email) => await (await app.NewBrowser().Get("/sign-up")).Submit(
        "[name='Command.BirthYear']",
        new { Name = "Ann Example", Email = email, Password = "four words in a row", Business = "Ann's Flowers", Country = "US", TimeZone = "America/New_York", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true });

    private static async Task<(WebPage Page, int Hashes)> Work(CountingHasher counting, Func<Task<WebPage>> act)
    {
        var before = counting.Count;
        var page = await act();
        return (page, counting.Count - before);
    }

    /// <summary>The page without what differs from one answer to the next: the form's token, and the address that was typed.</summary>
    private static string Bare(WebPage page, string email) =>
        Token().Replace(email.Length == 0 ? page.Html : page.Html.Replace(email, "", StringComparison.OrdinalIgnoreCase), "");

    [GeneratedRegex("CfDJ8[A-Za-z0-9_+/=-]+", RegexOptions.None, 1000)]
    private static partial Regex Token();

    /// <summary>The product's own hasher, which counts.</summary>
    private sealed class CountingHasher : PasswordHasher<User>, IPasswordHasher<User>
    {
        private int count;

        public CountingHasher() : base(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }))
        {
        }

        public int Count => count;

        public void Register(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<User>>(this));

        public override string HashPassword(User user, string password)
        {
            Interlocked.Increment(ref count);
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref count);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
