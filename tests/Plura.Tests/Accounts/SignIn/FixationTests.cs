namespace Plura.Tests;

/// <summary>A session never goes on under a reference that somebody else could have planted.</summary>
public sealed class FixationTests(PluraApp first)
{
    private const string Session = "plura";

    [Fact]
    public async Task A_planted_session_is_left_behind_when_its_victim_signs_in()
    {
        var (attacker, victim) = (await first.NewAccount(), await first.NewAccount());
        var planted = (await attacker.SignIn()).Cookies[Session];
        var browser = first.NewBrowser();
        browser.Keep(Session, planted);
        await (await browser.Get("/sign-in")).Submit("[name='Command.Email']", new { Email = victim.Email(), TestAccount.Password });
        Assert.True(await browser.IsInside(victim));
        Assert.NotEqual(planted, browser.Cookies[Session]);
        var copy = first.NewBrowser();
        copy.Keep(Session, planted);
        Assert.False(await copy.IsInside(victim));
        Assert.False(await copy.IsInside(attacker));
    }

    [Fact]
    public async Task A_value_that_is_no_session_is_not_taken_over()
    {
        var account = await first.NewAccount();
        account.Browser.Keep(Session, "chosen-by-somebody");
        await account.SignIn();
        Assert.NotEqual("chosen-by-somebody", account.Browser.Cookies[Session]);
    }

    [Fact]
    public async Task Half_way_is_no_session_and_the_code_begins_one()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.SignIn();
        var (_, codes) = await account.SetUpApp(app);
        var browser = app.NewBrowser();
        var page = await browser.GivePassword(account);
        Assert.DoesNotContain(Session, browser.Cookies.Keys);
        var half = browser.Cookies["plura_halfway"];
        await page.GiveCode(codes[0]);
        Assert.NotEqual(half, browser.Cookies[Session]);
        Assert.DoesNotContain("plura_halfway", browser.Cookies.Keys);
    }

    [Fact]
    public async Task Confirming_that_it_is_you_changes_the_reference_and_the_old_one_is_dead()
    {
        var account = await first.NewAccount();
        var browser = await account.SignIn();
        var before = browser.Cookies[Session];
        await (await browser.Get("/confirm-it-is-you")).Submit("[name='Password.Password']", new { TestAccount.Password });
        Assert.NotEqual(before, browser.Cookies[Session]);
        Assert.True(await browser.IsInside(account));
        var copy = first.NewBrowser();
        copy.Keep(Session, before);
        Assert.False(await copy.IsInside(account));
    }

    [Fact]
    public async Task Signed_out_an_old_cookie_opens_nothing()
    {
        var account = await first.NewAccount();
        var browser = await account.SignIn();
        var old = browser.Cookies[Session];
        await (await browser.Get(account.Page("settings"))).Submit("form[action='/sign-out']", new { });
        Assert.DoesNotContain(Session, browser.Cookies.Keys);
        browser.Keep(Session, old);
        Assert.False(await browser.IsInside(account));
    }
}
