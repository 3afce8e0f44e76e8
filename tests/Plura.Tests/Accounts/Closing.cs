namespace Plura.Tests;

/// <summary>Closing an account, and opening it again, as its owner does it.</summary>
internal static class Closing
{
    /// <param name="keep">After how many months everything is deleted.</param>
    public static async Task CloseIt(this TestAccount account, PluraApp app, string keep = "24")
    {
        await app.TellTheDatabase();
        var page = await account.ClosingPage();
        var closed = await page.Submit("[name='Command.Name']", new { Name = await app.Ask<string>("select name from accounts.account where id = $1", account.Id), KeepMonths = keep });
        Assert.Contains("The account is closed.", closed.Text, StringComparison.Ordinal);
    }

    public static async Task<WebPage> OpenAgain(this TestAccount account) =>
        await (await account.ClosingPage()).Submit("[name=_handler][value=reopen-account]", new { });

    /// <summary>The page on which it is closed; whoever is not signed in, or has been for long, proves first who they are.</summary>
    public static async Task<WebPage> ClosingPage(this TestAccount account)
    {
        var page = await account.Browser.Get(account.Page("settings/close"));
        if (page.Url.AbsolutePath == "/sign-in")
            page = await page.Submit(null, new { Email = account.Owner(), TestAccount.Password });
        else if (page.Url.AbsolutePath == "/confirm-it-is-you")
            page = await page.Submit("[name='Command.Password']", new { TestAccount.Password });
        return page;
    }
}
