using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests;

public sealed class ForgotPasswordTests(PluraApp app)
{
    private const string Fresh = "seven green hats on a wall";

    [Fact]
    public async Task The_letters_link_sets_a_new_password_once_and_ends_all_sessions()
    {
        var account = await app.NewAccount();
        var inside = await account.SignIn();
        var link = await AskedLink(account);
        var page = await app.NewBrowser().Get(link);
        Assert.True(await inside.IsInside(account));   // Looking changed nothing.
        var done = await page.Submit(null, new { Password = Fresh });
        Assert.Equal("/sign-in", done.Url.AbsolutePath);
        Assert.False(await inside.IsInside(account));
        Assert.Equal("/sign-in", (await app.EnterFromElsewhere(account)).Page.Url.AbsolutePath);
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account, Fresh)).Page.Url.AbsolutePath);
        Assert.NotNull(await app.Letter(account.Owner(), "Your password was changed"));
        var again = await (await app.NewBrowser().Get(link)).Submit(null, new { Password = "another seven green hats" });
        Assert.Contains("no longer good", again.Text, StringComparison.Ordinal);
        Assert.Contains("Ask for a new link", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_gets_the_same_page_and_the_same_work_and_no_letter()
    {
        var account = await app.NewAccount();
        var (known, unknown) = (await Ask(account.Owner()), await Ask($"nobody@{account.Slug}.example"));
        Assert.Equal(known.Text, unknown.Text);
        Assert.Equal(known.Url.PathAndQuery, unknown.Url.PathAndQuery);
        Assert.Empty(await app.Letters($"nobody@{account.Slug}.example"));
        Assert.Single(await app.Letters(account.Owner()));
    }

    [Fact]
    public async Task A_fourth_letter_within_an_hour_is_not_sent_and_nobody_can_tell()
    {
        var account = await app.NewAccount();
        var answers = new List<string>();
        for (var i = 0; i < 5; i++)
            answers.Add((await Ask(account.Owner())).Text);
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Equal(ForgotPasswordHandler.MostPerHour, (await app.Letters(account.Owner())).Count);
    }

    [Fact]
    public async Task It_opens_an_account_that_rests_after_wrong_tries()
    {
        var account = await app.NewAccount();
        for (var i = 0; i < 10; i++)
            await app.EnterFromElsewhere(account, "not the password at all");
        Assert.Equal("/sign-in", (await app.EnterFromElsewhere(account)).Page.Url.AbsolutePath);
        await (await app.NewBrowser().Get(await AskedLink(account))).Submit(null, new { Password = Fresh });
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account, Fresh)).Page.Url.AbsolutePath);
    }

    [Fact]
    public async Task Somebody_who_wants_no_marketing_and_unsubscribed_from_everything_still_gets_the_letter()
    {
        var account = await app.NewAccount();
        var installation = await app.In(null, services => services.GetRequiredService<IAccountDirectory>().Operator(CancellationToken.None));
        await app.In(installation.Id, async services =>
        {
            var address = services.GetRequiredService<IAddressKeys>().Of(Channels.Email, account.Owner());
            await services.GetRequiredService<IConsentLedger>().Append(
                new ConsentEntry { AddressKey = address, Channel = Channels.Email, Act = ConsentActs.Withdrawn, How = ConsentDoors.Form, Source = "test" }, CancellationToken.None);
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });
        Assert.NotEmpty(await AskedLink(account));
    }

    [Fact]
    public async Task A_weak_password_is_refused_beside_its_field_and_the_link_stays_good()
    {
        var account = await app.NewAccount();
        var page = await app.NewBrowser().Get(await AskedLink(account));
        var refused = await page.Submit(null, new { Password = "aaaaaaaaaaaaaaaaaaaa" });
        Assert.Contains("repeats a few characters", refused.Find("#Command-Password-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("/sign-in", (await refused.Submit(null, new { Password = Fresh })).Url.AbsolutePath);
    }

    [Fact]
    public async Task A_link_is_worth_nothing_after_an_hour_or_with_another_key_or_for_another_page()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await (await own.NewBrowser().Get("/forgot")).Submit(null, new { Email = account.Owner() });
        var link = (await own.Letter(account.Owner(), "Choose a new password")).Link("/reset");
        var forged = link[..^4] + (link.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");
        Assert.Contains("no longer good", (await (await own.NewBrowser().Get(forged)).Submit(null, new { Password = Fresh })).Text, StringComparison.Ordinal);
        Assert.Contains("no longer good", (await (await own.NewBrowser().Get(link.Replace("/reset", "/stop-email-change", StringComparison.Ordinal))).Submit(null, new { })).Text, StringComparison.Ordinal);
        own.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Contains("no longer good", (await (await own.NewBrowser().Get(link)).Submit(null, new { Password = Fresh })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_and_the_outbox_hold_neither_the_link_nor_the_address_that_was_asked_for()
    {
        var account = await app.NewAccount();
        var stranger = $"stranger@{account.Slug}.example";
        await Ask(stranger);
        var key = (await AskedLink(account)).Split("key=")[1];
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.password_reset r where r::text like $1 or r::text like $2", $"%{stranger}%", $"%{key}%"));
        Assert.Equal(0, await app.Ask<long>("select count(*) from platform.outbox_message m where m::text like $1 or m::text like $2", $"%{stranger}%", $"%{key}%"));
        Assert.Equal(0, await app.Ask<long>("select count(*) from messaging.posted_letter l where l::text like $1", $"%{key}%"));
    }

    private async Task<WebPage> Ask(string email) => await (await app.NewBrowser().Get("/forgot")).Submit(null, new { Email = email });

    private async Task<string> AskedLink(TestAccount account)
    {
        await Ask(account.Owner());
        return (await app.Letter(account.Owner(), "Choose a new password")).Link("/reset");
    }
}
