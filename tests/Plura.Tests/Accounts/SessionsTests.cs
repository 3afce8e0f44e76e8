using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;

namespace Plura.Tests;

public sealed class SessionsTests(PluraApp app)
{
    [Fact]
    public async Task A_person_sees_where_they_are_signed_in_and_ends_one_from_elsewhere()
    {
        var account = await app.NewAccount();
        var here = await account.SignIn();
        var (there, _) = await app.EnterFromElsewhere(account);
        var page = await here.Get("/me/sessions");
        Assert.Single(page.All(".tag"), t => t == "This one");
        var button = page.Find("button[name='Ending.Session']");
        var done = await page.Submit("button[name='Ending.Session']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ending.Session"] = button.GetAttribute("value") });
        Assert.Contains("That session is over.", done.Text, StringComparison.Ordinal);
        Assert.Contains("You ended it from here.", done.Text, StringComparison.Ordinal);
        Assert.False(await there.IsInside(account));
        Assert.True(await here.IsInside(account));
    }

    [Fact]
    public async Task All_others_end_at_once_for_copied_cookies_too()
    {
        var account = await app.NewAccount();
        var here = await account.SignIn();
        var (first, _) = await app.EnterFromElsewhere(account);
        var (second, _) = await app.EnterFromElsewhere(account, stay: true);
        var copy = app.NewBrowser();
        foreach (var (name, value) in second.Cookies)
            copy.Keep(name, value);
        Assert.True(await copy.IsInside(account));
        await (await here.Get("/me/sessions")).Submit("dialog form", new { });
        foreach (var other in (Browser[])[first, second, copy])
            Assert.False(await other.IsInside(account));
        Assert.True(await here.IsInside(account));
    }

    [Fact]
    public async Task Another_persons_session_is_none_of_ours()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var (here, there) = (await mine.SignIn(), await other.SignIn());
        await app.EnterFromElsewhere(mine);
        var theirs = await app.Ask<Guid>("select id from accounts.session where user_id = $1", other.OwnerId);
        var page = await here.Get("/me/sessions");
        Assert.DoesNotContain(theirs.ToString(), page.Html, StringComparison.Ordinal);
        var refused = await page.Submit("button[name='Ending.Session']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ending.Session"] = theirs.ToString() });
        Assert.Contains("over already", refused.Text, StringComparison.Ordinal);
        Assert.True(await there.IsInside(other));
    }

    [Fact]
    public async Task A_session_ends_by_itself_after_30_minutes_and_after_12_hours_in_any_case()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var idle = await account.SignIn();
        own.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await idle.IsInside(account));
        var (busy, _) = await own.EnterFromElsewhere(account);
        for (var minutes = 0; minutes < 11 * 60 + 40; minutes += 20)
        {
            own.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.True(await busy.IsInside(account), $"after {minutes + 20} minutes");
        }

        own.Clock.Advance(TimeSpan.FromMinutes(25));
        Assert.False(await busy.IsInside(account));
    }

    [Fact]
    public async Task Who_chose_to_stay_stays_for_30_days_and_no_longer()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (stays, _) = await own.EnterFromElsewhere(account, stay: true);
        own.Clock.Advance(TimeSpan.FromDays(20));
        Assert.True(await stays.IsInside(account));
        Assert.Contains("Stays signed in on this device.", (await stays.Get("/me/sessions")).Text, StringComparison.Ordinal);
        own.Clock.Advance(TimeSpan.FromDays(11));
        Assert.False(await stays.IsInside(account));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Chrome on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "Safari on an iPhone")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on a Mac")]
    [InlineData("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36", "Samsung Internet on Android")]
    [InlineData("curl/8.5.0", "A program")]
    [InlineData(null, "A program")]
    public void A_device_is_said_in_coarse_words(string? userAgent, string words) => Assert.Equal(words, DeviceWords.Of(userAgent));

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.x")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.x")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    [InlineData("127.0.0.1", null)]
    public void A_network_is_kept_without_the_part_that_points_at_one_person(string address, string? network) => Assert.Equal(network, DeviceWords.Network(IPAddress.Parse(address)));

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.77")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.77")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::")]
    public void One_connection_is_told_by_the_part_of_its_address_that_it_cannot_choose(string address, string line) => Assert.Equal(IPAddress.Parse(line), Plura.Platform.Networks.Cut(IPAddress.Parse(address)));

    [Fact]
    public async Task What_is_kept_of_sign_ins_goes_when_its_time_is_over()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = await account.SignIn();
        await (await browser.Get("/me/sessions")).Submit("form[action='/sign-out']", new { });
        await (await own.NewBrowser().Get("/forgot")).Submit(null, new { Email = account.Owner() });
        Assert.Equal("signed_out", await own.Ask<string>("select ended_by from accounts.session where user_id = $1 and ticket = ''", account.OwnerId));
        var tidying = own.Services.GetRequiredService<SignInTidying>();
        own.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await tidying.Tidy(CancellationToken.None));
        own.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(2, await tidying.Tidy(CancellationToken.None));   // The session and the request for a link.
        own.Clock.Advance(TimeSpan.FromDays(340));
        Assert.Equal(1, await tidying.Tidy(CancellationToken.None));   // The device.
    }
}
