namespace Plura.Tests;

public sealed class ChangeEmailTests(PluraApp app)
{
    private const string Fresh = "seven green hats on a wall";

    [Fact]
    public async Task The_new_address_confirms_it_by_a_button_and_both_addresses_are_told()
    {
        var account = await app.NewAccount();
        var (here, wanted) = (await account.SignIn(), $"new@{account.Slug}.example");
        await Ask(here, wanted);
        Assert.Equal(["Your e-mail address is about to change"], (await app.Letters(account.Owner())).Select(l => l.Subject));
        var link = (await app.Letter(wanted, "Confirm your new e-mail address")).Link("/confirm-new-email");
        var page = await app.NewBrowser().Get(link);
        Assert.Equal(account.Owner(), await Address(account));   // Looking changed nothing.
        await page.Submit(null, new { });
        Assert.Equal(wanted, await Address(account));
        Assert.True(await here.IsInside(account));
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account, email: wanted)).Page.Url.AbsolutePath);
        Assert.Equal("/sign-in", (await app.EnterFromElsewhere(account)).Page.Url.AbsolutePath);
        Assert.NotNull(await app.Letter(wanted, "You sign in by this address now"));
        Assert.NotNull(await app.Letter(account.Owner(), "Your e-mail address has changed"));
        Assert.Contains("no longer good", (await (await app.NewBrowser().Get(link)).Submit(null, new { })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_old_address_undoes_it_after_it_was_confirmed_and_everybody_is_signed_out()
    {
        var account = await app.NewAccount();
        var (thief, wanted) = (await account.SignIn(), $"thief@{account.Slug}.example");
        await Ask(thief, wanted);
        await (await app.NewBrowser().Get((await app.Letter(wanted, "Confirm your new e-mail address")).Link("/confirm-new-email"))).Submit(null, new { });
        // And again, so that the first letter is not about the latest change.
        await Ask(thief, $"thief2@{account.Slug}.example");
        await (await app.NewBrowser().Get((await app.Letter($"thief2@{account.Slug}.example", "Confirm your new e-mail address")).Link("/confirm-new-email"))).Submit(null, new { });

        var undo = (await app.Letter(account.Owner(), "Your e-mail address has changed")).Link("/stop-email-change");
        var page = await app.NewBrowser().Get(undo);
        Assert.Equal($"thief2@{account.Slug}.example", await Address(account));
        Assert.Contains("The change is stopped", (await page.Submit(null, new { })).Text, StringComparison.Ordinal);
        Assert.Equal(account.Owner(), await Address(account));
        Assert.False(await thief.IsInside(account));

        // The thief knows the password; the owner's mailbox has the way to another one.
        await (await app.NewBrowser().Get((await app.Letter(account.Owner(), "Choose a new password")).Link("/reset"))).Submit(null, new { Password = Fresh });
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account, Fresh)).Page.Url.AbsolutePath);
        Assert.Contains("no longer good", (await (await app.NewBrowser().Get(undo)).Submit(null, new { })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_old_address_stops_it_before_it_is_confirmed_and_then_the_other_link_is_worth_nothing()
    {
        var account = await app.NewAccount();
        var (here, wanted) = (await account.SignIn(), $"new@{account.Slug}.example");
        await Ask(here, wanted);
        var confirm = (await app.Letter(wanted, "Confirm your new e-mail address")).Link("/confirm-new-email");
        await (await app.NewBrowser().Get((await app.Letter(account.Owner(), "Your e-mail address is about to change")).Link("/stop-email-change"))).Submit(null, new { });
        Assert.Contains("no longer good", (await (await app.NewBrowser().Get(confirm)).Submit(null, new { })).Text, StringComparison.Ordinal);
        Assert.Equal(account.Owner(), await Address(account));
        Assert.False(await here.IsInside(account));
    }

    [Fact]
    public async Task An_address_that_somebody_has_gets_the_same_answer_and_only_they_learn_of_it()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount());
        var here = await account.SignIn();
        var free = await Ask(here, $"new@{account.Slug}.example");
        var taken = await Ask(here, other.Owner());
        Assert.Equal(free.Text.Replace($"new@{account.Slug}.example", "X", StringComparison.Ordinal), taken.Text.Replace(other.Owner(), "X", StringComparison.Ordinal));
        Assert.Equal(["Somebody wanted to use your address"], (await app.Letters(other.Owner())).Select(l => l.Subject));
        Assert.Equal(account.Owner(), await Address(account));
    }

    [Fact]
    public async Task A_strangers_mailbox_is_not_filled_by_asking_again_and_again()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount());
        var here = await account.SignIn();
        foreach (var address in (string[])[other.Owner(), $"new@{account.Slug}.example"])
        {
            for (var i = 0; i < 3; i++)
                Assert.DoesNotContain("several times", (await Ask(here, address)).Text, StringComparison.Ordinal);
            Assert.Contains("several times within this hour", (await Ask(here, address)).Text, StringComparison.Ordinal);
            Assert.InRange((await app.Letters(address)).Count, 1, 3);
        }
    }

    [Fact]
    public async Task The_password_is_asked_for()
    {
        var account = await app.NewAccount();
        var refused = await Ask(await account.SignIn(), $"new@{account.Slug}.example", "not the password at all");
        Assert.Equal("This is not your password.", refused.Find("#Command-Password-error").TextContent.Trim());
        Assert.Equal($"new@{account.Slug}.example", refused.Find("[name='Command.Email']").GetAttribute("value"));
        Assert.Empty(await app.Letters(account.Owner()));
    }

    [Fact]
    public async Task A_new_password_by_letter_ends_a_change_that_waits() => await Ended((account, _) => app.ChooseNewPassword(account.Owner(), Fresh));

    [Fact]
    public async Task A_new_password_by_the_page_ends_a_change_that_waits() =>
        await Ended(async (_, here) => await (await here.Get("/me/password")).Submit("[name='Command.New']", new { Current = TestAccount.Password, New = Fresh }));

    [Fact]
    public async Task It_was_not_me_ends_a_change_that_waits() => await Ended(async (account, _) =>
    {
        await app.EnterFromElsewhere(account);
        await (await app.NewBrowser().Get((await app.Letter(account.Owner(), "New sign-in: A program")).Link("/not-me"))).Submit(null, new { });
    });

    [Fact]
    public async Task A_change_that_was_confirmed_is_undone_by_the_old_address_after_a_new_password_too()
    {
        var account = await app.NewAccount();
        var (thief, wanted) = (await account.SignIn(), $"thief@{account.Slug}.example");
        await Ask(thief, wanted);
        await (await app.NewBrowser().Get((await app.Letter(wanted, "Confirm your new e-mail address")).Link("/confirm-new-email"))).Submit(null, new { });
        await app.ChooseNewPassword(wanted, Fresh);
        await (await app.NewBrowser().Get((await app.Letter(account.Owner(), "Your e-mail address has changed")).Link("/stop-email-change"))).Submit(null, new { });
        Assert.Equal(account.Owner(), await Address(account));
    }

    [Fact]
    public async Task Links_are_good_for_a_day_and_for_seven()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var wanted = $"new@{account.Slug}.example";
        await Ask(await account.SignIn(), wanted);
        var confirm = (await own.Letter(wanted, "Confirm your new e-mail address")).Link("/confirm-new-email");
        var stop = (await own.Letter(account.Owner(), "Your e-mail address is about to change")).Link("/stop-email-change");
        own.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Contains("no longer good", (await (await own.NewBrowser().Get(confirm)).Submit(null, new { })).Text, StringComparison.Ordinal);
        own.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Contains("no longer good", (await (await own.NewBrowser().Get(stop)).Submit(null, new { })).Text, StringComparison.Ordinal);
    }

    /// <summary>Somebody with the password asks for a change; after the act their link is worth nothing.</summary>
    private async Task Ended(Func<TestAccount, Browser, Task> act)
    {
        var account = await app.NewAccount();
        var (here, wanted) = (await account.SignIn(), $"thief@{account.Slug}.example");
        await Ask(here, wanted);
        var confirm = (await app.Letter(wanted, "Confirm your new e-mail address")).Link("/confirm-new-email");
        await act(account, here);
        Assert.Contains("no longer good", (await (await app.NewBrowser().Get(confirm)).Submit(null, new { })).Text, StringComparison.Ordinal);
        Assert.Equal(account.Owner(), await Address(account));
        // What was asked for before has ended; the person can still ask anew.
        Assert.Equal(1L, await app.Ask<long>("select count(*) from accounts.email_change where user_id = $1 and stopped_at is not null", account.OwnerId));
    }

    private static async Task<WebPage> Ask(Browser browser, string email, string password = TestAccount.Password) =>
        await (await browser.Get("/me/email")).Submit("[name='Command.Email']", new { Email = email, Password = password });

    private Task<string?> Address(TestAccount account) => app.Ask<string>("select email from accounts.\"user\" where id = $1", account.OwnerId);
}
