using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Tests;

public sealed class NoticeDeliveryTests(PluraApp app)
{
    private const string Paused = "campaign_paused";
    private const string Finished = "campaign_finished";

    [Fact]
    public async Task In_quiet_hours_mail_and_push_wait_for_the_morning_and_the_app_does_not()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = (await own.EnterFromElsewhere(account, stay: true)).Browser;
        await browser.TurnOnPush(FakePhone.New());
        await Choose(browser, now: [Paused], push: [Paused]);
        await Hours(browser, "20:00", "07:00");
        // 21:30 in New York, where the account is.
        own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 4, 2, 30, 0, TimeSpan.Zero));
        await Tell(account, Paused, "“Spring” paused by itself.");
        Assert.Empty(await own.Letters(account.Owner()));
        Assert.Empty(await own.Pushed(account.Owner()));
        Assert.Contains("“Spring” paused", (await browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
        own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 4, 11, 59, 0, TimeSpan.Zero));
        Assert.Empty(await own.Pushed(account.Owner()));
        own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 4, 12, 0, 1, TimeSpan.Zero));
        Assert.Single(await own.Pushed(account.Owner()));
        Assert.Equal(["“Spring” paused by itself"], (await own.Letters(account.Owner())).Select(l => l.Subject!.TrimEnd('.')));
    }

    [Fact]
    public async Task What_was_read_in_the_night_disturbs_nobody_in_the_morning()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = (await own.EnterFromElsewhere(account, stay: true)).Browser;
        await browser.TurnOnPush(FakePhone.New());
        await Choose(browser, now: [Paused], push: [Paused]);
        await Hours(browser, "20:00", "07:00");
        own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 4, 2, 30, 0, TimeSpan.Zero));
        await Tell(account, Paused, "“Spring” paused by itself.");
        await own.Work();
        await (await browser.Get(account.Page(""))).Submit(".notice form", new { });
        own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 4, 13, 0, 0, TimeSpan.Zero));
        Assert.Empty(await own.Pushed(account.Owner()));
        Assert.Empty(await own.Letters(account.Owner()));
        Assert.Equal(2, await account.Ask<long>("select count(*) from accounts.notice_delivery where state = 'spared'"));
    }

    [Fact]
    public async Task A_persons_own_time_zone_counts_before_the_accounts()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = (await own.EnterFromElsewhere(account, stay: true)).Browser;
        await Choose(browser, now: [Paused]);
        await Hours(browser, "20:00", "07:00");
        await own.Do("update accounts.\"user\" set time_zone = 'Asia/Tokyo' where id = $1", account.OwnerId);
        // Night in New York, half past eleven in the morning in Tokyo.
        own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 4, 2, 30, 0, TimeSpan.Zero));
        await Tell(account, Paused, "“Spring” paused by itself.");
        Assert.Single(await own.Letters(account.Owner()));
    }

    [Fact]
    public async Task The_letter_of_the_day_gathers_what_has_not_been_read_and_comes_once()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = (await own.EnterFromElsewhere(account, stay: true)).Browser;
        await Choose(browser, day: [Paused, Finished]);
        await Tell(account, Paused, "“Spring” paused by itself.");
        await Tell(account, Finished, "“Winter” has gone out.");
        await Tell(account, Finished, "“Autumn” has gone out.");
        Assert.Empty(await own.Letters(account.Owner()));
        await (await browser.Get(account.Page(""))).Submit(".notice form", new { });
        // Eight o'clock in New York.
        own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 2, 13, 0, 1, TimeSpan.Zero));
        var letter = Assert.Single(await own.Letters(account.Owner()));
        Assert.Equal("Corner Bakery: 2 pieces of news", letter.Subject);
        Assert.Contains("“Spring” paused by itself.", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("“Winter” has gone out.", letter.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Autumn", letter.TextBody, StringComparison.Ordinal);
        own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 3, 14, 0, 0, TimeSpan.Zero));
        Assert.Single(await own.Letters(account.Owner()));
    }

    [Fact]
    public async Task Quiet_hours_need_both_ends_and_a_choice_comes_back_as_it_was_made()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var refused = await Hours(account.Browser, "22:00", "");
        Assert.Contains("need a beginning and an end", refused.Text, StringComparison.Ordinal);
        Assert.Equal("22:00", refused.Find("[name='Hours.QuietFrom']").GetAttribute("value"));
        var saved = await Hours(account.Browser, "22:00", "06:30");
        Assert.Equal("06:30", saved.Find("[name='Hours.QuietUntil']").GetAttribute("value"));
        var chosen = await Choose(account.Browser, now: [Paused], day: [Finished], push: [Finished]);
        Assert.True(chosen.Find($"[value='now:{Paused}']").HasAttribute("selected"));
        Assert.True(chosen.Find($"[value='day:{Finished}']").HasAttribute("selected"));
        Assert.True(chosen.Find($"[name=push][value={Finished}]").HasAttribute("checked"));
        Assert.False(chosen.Find($"[name=push][value={Paused}]").HasAttribute("checked"));
    }

    [Fact]
    public async Task News_of_ninety_days_ago_is_forgotten_with_how_it_went_out()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = (await own.EnterFromElsewhere(account, stay: true)).Browser;
        await Choose(browser, now: [Paused]);
        await Tell(account, Paused, "“Spring” paused by itself.");
        await own.Work();
        var tidying = own.Services.GetRequiredService<Accounts.NoticeTidying>();
        own.Clock.Advance(TimeSpan.FromDays(60));
        await Tell(account, Paused, "“Summer” paused by itself.");
        await own.Work();
        Assert.Equal(0, await tidying.Tidy(default));
        own.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await tidying.Tidy(default));
        Assert.Equal("“Summer” paused by itself.", await account.Ask<string>("select n.text from accounts.notice n join accounts.notice_delivery d on d.tenant_id = n.tenant_id and d.notice_id = n.id"));
    }

    private static async Task<WebPage> Choose(Browser browser, string[]? now = null, string[]? day = null, string[]? push = null) =>
        await (await browser.Get("/me/notifications")).Submit("[name=app]", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["mail"] = (string[])[.. (now ?? []).Select(k => "now:" + k), .. (day ?? []).Select(k => "day:" + k)],
            ["push"] = push ?? [],
        });

    private static async Task<WebPage> Hours(Browser browser, string from, string until) =>
        await (await browser.Get("/me/notifications")).Submit("[name='Hours.DigestAt']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Hours.QuietFrom"] = from, ["Hours.QuietUntil"] = until });

    private static Task Tell(TestAccount account, string kind, string text) => account.In(async services =>
    {
        services.GetRequiredService<INotices>().Post(kind, text, null);
        await services.GetRequiredService<PluraDb>().SaveChangesAsync();
    });
}
