namespace Plura.Tests;

/// <summary>The operator's desk asks for more than a page of one's own: a second factor, and a session of today.</summary>
public sealed class DeskDoorTests(PluraApp app)
{
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Whoever_has_no_second_factor_is_led_to_where_one_is_set_up_and_then_in_by_its_code()
    {
        await using var own = await Strict();
        var staff = await OperatorStaff.At(own);
        var led = await staff.Get("accounts");
        Assert.Equal("/me/security/desk", led.Url.AbsolutePath);
        Assert.Equal(["/me/security/authenticator", "/me/security/passkeys"], led.Document.QuerySelectorAll("main .form-foot a").Select(a => a.GetAttribute("href")));
        var (phone, _) = await staff.Own.SetUpApp(own);
        // The session began by the password alone.
        var asked = await staff.Get("accounts");
        Assert.Equal("/confirm-it-is-you", asked.Url.AbsolutePath);
        own.Clock.Advance(HalfMinute);
        Assert.Equal("/operator/accounts", (await asked.Submit("[name='Code.Code']", new { Code = phone.CodeAt(own.Clock.GetUtcNow()) })).Url.AbsolutePath);
        Assert.Equal("/operator", (await staff.Get("")).Url.AbsolutePath);
        own.Clock.Advance(HalfMinute);
        var browser = own.NewBrowser();
        await (await browser.GivePassword(staff.Own)).GiveCode(phone.CodeAt(own.Clock.GetUtcNow()));
        Assert.Equal("/operator", (await browser.Get("/operator")).Url.AbsolutePath);
    }

    [Fact]
    public async Task Whoever_has_a_passkey_only_is_not_let_in_by_the_password()
    {
        await using var own = await Strict();
        var staff = await OperatorStaff.At(own);
        await own.Do("insert into accounts.user_passkey (credential_id, user_id, data) values ('\\x01', $1, '{}')", staff.Own.OwnerId);
        var asked = await staff.Get("");
        Assert.Equal("/confirm-it-is-you", asked.Url.AbsolutePath);
        Assert.Null(asked.Document.QuerySelector("[name='Password.Password']"));
        Assert.NotNull(asked.Document.QuerySelector("[data-passkey]"));
        // The password posted to the page all the same proves who it is, and opens no desk.
        var plain = await staff.Browser.Get("/confirm-it-is-you?return=/operator");
        Assert.Equal("/confirm-it-is-you", (await plain.Submit("[name='Password.Password']", new { TestAccount.Password })).Url.AbsolutePath);
    }

    [Fact]
    public async Task Nobody_else_learns_that_there_is_a_desk()
    {
        await using var own = await Strict();
        var account = await own.NewAccount();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await (await account.SignIn()).Get("/operator")).Status);
    }

    [Fact]
    public async Task A_session_of_thirty_days_opens_the_desk_for_twelve_hours_and_not_after_half_an_hour_alone()
    {
        await using var own = await app.Another();
        var staff = await OperatorStaff.At(own);
        var (browser, _) = await own.EnterFromElsewhere(staff.Own, stay: true);
        Assert.Equal("/operator", (await browser.Get("/operator")).Url.AbsolutePath);
        own.Clock.Advance(TimeSpan.FromMinutes(36));
        Assert.EndsWith("/settings", (await browser.Get(staff.Own.Page("settings"))).Url.AbsolutePath, StringComparison.Ordinal);
        var asked = await browser.Get("/operator/work");
        Assert.Equal("/confirm-it-is-you", asked.Url.AbsolutePath);
        Assert.Equal("/operator/work", (await asked.Submit("[name='Password.Password']", new { TestAccount.Password })).Url.AbsolutePath);
        // Busy all day.
        for (var minutes = 0; minutes < 12 * 60; minutes += 20)
        {
            Assert.Equal("/operator", (await browser.Get("/operator")).Url.AbsolutePath);
            own.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        own.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/confirm-it-is-you", (await browser.Get("/operator")).Url.AbsolutePath);
        Assert.EndsWith("/settings", (await browser.Get(staff.Own.Page("settings"))).Url.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_posted_too_late_at_the_desk_is_not_done_and_waits()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        var (browser, _) = await own.EnterFromElsewhere(staff.Own, stay: true);
        var page = await browser.Get($"/operator/accounts/{shop.Id}");
        own.Clock.Advance(TimeSpan.FromMinutes(36));
        var late = await page.Submit("textarea[name='Command.Reason']", new { Reason = "For a test" });
        Assert.Equal("/confirm-it-is-you", late.Url.AbsolutePath);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from accounts.account_stop where account_id = $1", shop.Id));
        var held = await late.Submit("[name='Password.Password']", new { TestAccount.Password });
        Assert.Equal("/confirm-it-is-you/go-on", held.Url.AbsolutePath);
        await held.Submit("[name='Command.Reason']", new { });
        Assert.Equal(1L, await own.Ask<long>("select count(*) from accounts.account_stop where account_id = $1", shop.Id));
    }

    /// <summary>As in production.</summary>
    private Task<PluraApp> Strict() => app.Another("--Plura:Roles=web", "--Plura:OperatorsNeedSecondFactor=true");
}
