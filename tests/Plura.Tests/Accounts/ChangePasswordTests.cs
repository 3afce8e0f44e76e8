namespace Plura.Tests;

public sealed class ChangePasswordTests(PluraApp app)
{
    private const string Fresh = "seven green hats on a wall";

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        var account = await app.NewAccount();
        var here = await account.SignIn();
        var (there, _) = await app.EnterFromElsewhere(account);
        var done = await (await here.Get("/me/password")).Submit("[name='Command.Current']", new { Current = TestAccount.Password, New = Fresh });
        Assert.Contains("You are signed in here only.", done.Text, StringComparison.Ordinal);
        Assert.True(await here.IsInside(account));
        Assert.False(await there.IsInside(account));
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account, Fresh)).Page.Url.AbsolutePath);
        Assert.NotNull(await app.Letter(account.Owner(), "Your password was changed"));
    }

    [Fact]
    public async Task This_session_outlives_the_next_check_of_the_stamp()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var here = await account.SignIn();
        await (await here.Get("/me/password")).Submit("[name='Command.Current']", new { Current = TestAccount.Password, New = Fresh });
        own.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await here.IsInside(account));
    }

    [Fact]
    public async Task The_present_password_is_asked_for_and_a_wrong_one_changes_nothing()
    {
        var account = await app.NewAccount();
        var here = await account.SignIn();
        var refused = await (await here.Get("/me/password")).Submit("[name='Command.Current']", new { Current = "not the password at all", New = Fresh });
        Assert.Equal("This is not your password.", refused.Find("#Command-Current-error").TextContent.Trim());
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account)).Page.Url.AbsolutePath);
    }

    [Theory]
    [InlineData("short", "at least 15 characters")]
    [InlineData("abcdefghijklmnopqrst", "counts up or down")]
    [InlineData(TestAccount.Password, "the password that you have now")]
    public async Task A_password_that_will_not_do_is_refused_beside_its_field(string password, string says)
    {
        var account = await app.NewAccount();
        var here = await account.SignIn();
        var refused = await (await here.Get("/me/password")).Submit("[name='Command.Current']", new { Current = TestAccount.Password, New = password });
        Assert.Contains(says, refused.Find("#Command-New-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_wrong_tries_let_it_rest()
    {
        var account = await app.NewAccount();
        var page = await (await account.SignIn()).Get("/me/password");
        for (var i = 0; i < 10; i++)
            await page.Submit("[name='Command.Current']", new { Current = "not the password at all", New = Fresh });
        Assert.Contains("this rests for a while", (await page.Submit("[name='Command.Current']", new { Current = TestAccount.Password, New = Fresh })).Text, StringComparison.Ordinal);
    }
}
