using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

public sealed class PushDeviceTests(PluraApp app)
{
    private const string Kind = "campaign_paused";

    [Fact]
    public async Task A_notice_is_pushed_to_each_device_once_and_a_repeated_job_pushes_nothing_again()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        await browser.TurnOnPush(FakePhone.New());
        var other = (await app.EnterFromElsewhere(account)).Browser;
        await other.TurnOnPush(FakePhone.New());
        await Choose(browser);
        await Tell(account);
        var pushed = await app.Pushed(account.Owner());
        Assert.Equal(2, pushed.Count);
        Assert.All(pushed, p => Assert.Equal("“Spring” paused by itself", p.GetProperty("title").GetString()));
        Assert.All(pushed, p => Assert.Equal("Corner Bakery", p.GetProperty("body").GetString()));
        Assert.All(pushed, p => Assert.Equal(account.Page("campaigns"), p.GetProperty("url").GetString()));

        // The machine fell after it had done its work and before it said so: everything is delivered once more.
        var notice = await account.Ask<Guid>("select id from accounts.notice");
        await account.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            db.Enqueue(new TellNotice(notice));
            foreach (var delivery in db.Set<NoticeDelivery>())
                db.Enqueue(new DeliverNotice(delivery.Id));
            await db.SaveChangesAsync();
        });
        Assert.Equal(2, (await app.Pushed(account.Owner())).Count);
        Assert.Equal(2, await account.Ask<long>("select count(*) from accounts.notice_delivery where state = 'sent' and route = 'push' and tries = 1"));
        Assert.Equal(2, await app.Ask<long>("select count(*) from dev.message where recipient = $1 and channel = 'push' and times = 1", account.Owner()));
    }

    [Fact]
    public async Task What_a_fallen_machine_was_pushing_is_not_pushed_twice()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        await browser.TurnOnPush(FakePhone.New());
        await Choose(browser);
        await Tell(account);
        await app.Pushed(account.Owner());
        var delivery = await account.Ask<Guid>("update accounts.notice_delivery set state = 'trying' where route = 'push' returning id");
        await account.In(async services =>
        {
            services.GetRequiredService<PluraDb>().Enqueue(new DeliverNotice(delivery));
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });
        Assert.Single(await app.Pushed(account.Owner()));
        Assert.Equal("unknown", await account.Ask<string>("select state from accounts.notice_delivery where route = 'push'"));
    }

    [Fact]
    public async Task A_device_that_is_gone_is_forgotten_and_one_that_asks_for_time_gets_it()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = await account.SignIn();
        await browser.TurnOnPush(FakePhone.New("/gone"));
        await browser.TurnOnPush(FakePhone.New("/later"));
        await Choose(browser);
        await Tell(account);
        await own.Work();
        Assert.Equal("gone waiting", await account.Ask<string>("select string_agg(state, ' ' order by state) from accounts.notice_delivery where route = 'push'"));
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.push_subscription"));
        var due = await account.Ask<DateTimeOffset>("select due_at from accounts.notice_delivery where state = 'waiting'");
        Assert.InRange(due - own.Clock.GetUtcNow(), TimeSpan.FromSeconds(110), TimeSpan.FromSeconds(121));
        Assert.Equal(1, await account.Ask<int>("select tries from accounts.notice_delivery where state = 'waiting'"));
        own.Clock.Advance(TimeSpan.FromMinutes(3));
        await own.Work();
        Assert.Equal(2, await account.Ask<int>("select tries from accounts.notice_delivery where state = 'waiting'"));
        for (var more = 0; more < 6; more++)
        {
            own.Clock.Advance(TimeSpan.FromMinutes(3));
            await own.Work();
        }

        // Not for ever: it has stood in the app all the time.
        Assert.Equal("failed gone", await account.Ask<string>("select string_agg(state, ' ' order by state) from accounts.notice_delivery where route = 'push'"));
    }

    [Fact]
    public async Task Signing_out_and_ending_a_sign_in_end_its_notifications_and_time_alone_does_not()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = await account.SignIn();
        var phone = (await own.EnterFromElsewhere(account, stay: true)).Browser;
        await browser.TurnOnPush(FakePhone.New());
        await phone.TurnOnPush(FakePhone.New());
        await Choose(browser);
        own.Clock.Advance(TimeSpan.FromHours(2));
        await Tell(account);
        Assert.Equal(2, (await own.Pushed(account.Owner())).Count);
        await (await phone.Get("/me")).Submit("form[action='/sign-out']", new { });
        own.Clock.Advance(TimeSpan.FromHours(1));
        await Tell(account);
        Assert.Equal(3, (await own.Pushed(account.Owner())).Count);
        await own.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<SignInTidying>().Concat([ActivatorUtilities.CreateInstance<SignInTidying>(own.Services)]).First().Tidy(default);
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.push_subscription"));
        own.Clock.Advance(TimeSpan.FromHours(10));
        await Tell(account);
        Assert.Equal(3, (await own.Pushed(account.Owner())).Count);
    }

    [Fact]
    public async Task The_same_person_takes_a_device_along_into_the_next_sign_in_and_nobody_else_does()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var phone = FakePhone.New();
        await (await account.SignIn()).TurnOnPush(phone);
        own.Clock.Advance(TimeSpan.FromHours(1));
        var again = (await own.EnterFromElsewhere(account)).Browser;
        Assert.Equal(204, await Here(again, phone));
        var cora = await account.Colleague(own);
        Assert.Equal(404, await Here(cora.Browser, phone));
        // It was her browser's address all along: it is hers from now on, and nothing of the owner's comes to it.
        await cora.Browser.TurnOnPush(phone);
        Assert.Equal(cora.Id, await own.Ask<Guid>("select user_id from accounts.push_subscription"));
        Assert.Equal(404, await Here(again, phone));
    }

    [Fact]
    public async Task A_person_turns_it_off_from_anywhere_and_only_their_own()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount());
        await (await account.SignIn()).TurnOnPush(FakePhone.New());
        await (await other.SignIn()).TurnOnPush(FakePhone.New());
        var theirs = (await other.Browser.Get("/me/notifications")).Find("button[name='Ending.Id']").GetAttribute("value");
        var page = await account.Browser.Get("/me/notifications");
        var refused = await page.Submit("button[name='Ending.Id']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ending.Id"] = theirs });
        Assert.Contains("off there already", refused.Text, StringComparison.Ordinal);
        await page.Submit("button[name='Ending.Id']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ending.Id"] = page.Find("button[name='Ending.Id']").GetAttribute("value") });
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.push_subscription where user_id = $1", account.OwnerId));
        Assert.Equal(1, await app.Ask<long>("select count(*) from accounts.push_subscription where user_id = $1", other.OwnerId));
    }

    [Fact]
    public async Task Where_a_device_gets_its_notifications_stands_nowhere_in_the_clear()
    {
        var account = await app.NewAccount();
        var phone = FakePhone.New();
        await (await account.SignIn()).TurnOnPush(phone);
        var row = await app.Ask<string>("select row_to_json(p)::text from accounts.push_subscription p where user_id = $1", account.OwnerId);
        Assert.DoesNotContain("push.example.net", row, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes("push.example.net")), row, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(phone.Secret), row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_without_usable_keys_is_refused_with_a_reason()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var form = FakePhone.New().Form;
        form["Allowing.Key"] = "AAAA";
        var page = await (await account.Browser.Get("/me/notifications")).Submit("[name='Allowing.Endpoint']", form);
        Assert.Contains("did not say how to encrypt", page.Text, StringComparison.Ordinal);
    }

    private static async Task<int> Here(Browser browser, FakePhone phone)
    {
        var token = (await browser.Get("/me")).Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        using var body = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["endpoint"] = phone.Endpoint, ["__RequestVerificationToken"] = token });
        using var answer = await browser.Send(HttpMethod.Post, "/me/notifications/here", body, follow: false);
        return (int)answer.StatusCode;
    }

    private static async Task Choose(Browser browser) =>
        await (await browser.Get("/me/notifications")).Submit("[name=app]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["push"] = new[] { Kind } });

    private static Task Tell(TestAccount account) => account.In(async services =>
    {
        services.GetRequiredService<INotices>().Post(Kind, "“Spring” paused by itself.", "campaigns");
        await services.GetRequiredService<PluraDb>().SaveChangesAsync();
    });
}
