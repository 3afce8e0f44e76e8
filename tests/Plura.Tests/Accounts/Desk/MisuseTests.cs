using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Messaging;
using Plura.Platform;
using Plura.Tests.Campaigns;

namespace Plura.Tests;

/// <summary>Each signal fires at its number and not below; enough of them hold the messages, and a person lets go.</summary>
public sealed class MisuseTests(PluraApp app)
{
    private static int people;

    [Theory]
    [InlineData("mailinator.com", true)]
    [InlineData("anything.mailinator.com", true)]
    [InlineData("flowers.example", false)]
    [InlineData("gmail.com", false)]
    [InlineData("com", false)]
    public void Throw_away_mailboxes_are_known(string domain, bool disposable)
    {
        Assert.True(DisposableDomains.Count > 50_000, $"Only {DisposableDomains.Count} domains are on the list.");
        Assert.Equal(disposable, app.Services.GetRequiredService<DisposableDomains>().Has(domain));
    }

    [Fact]
    public async Task The_settings_add_domains_and_take_some_out()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Accounts:DisposableDomains=shady.example, other.example", "--Accounts:NotDisposable=mailinator.com");
        var list = own.Services.GetRequiredService<DisposableDomains>();
        Assert.Equal((true, true, false), (list.Has("shady.example"), list.Has("x.other.example"), list.Has("mailinator.com")));
    }

    [Fact]
    public async Task A_throw_away_address_is_a_signal_and_holds_nobody_alone()
    {
        await using var own = await app.Another();
        var account = await SignUp(own, "ann@mailinator.com", "203.0.113.9");
        Assert.Equal([SignalCodes.DisposableDomain], await Codes(own, account));
        Assert.False(await Held(own, account));
        Assert.Empty(await Codes(own, await SignUp(own, "ben@flowers.example", "198.51.100.9")));
    }

    [Fact]
    public async Task The_fourth_sign_up_from_a_network_within_a_day_is_a_signal_and_the_third_is_not()
    {
        await using var own = await app.Another();
        var accounts = new List<Guid>();
        // Four lines of one network; a fifth person elsewhere.
        for (var line = 1; line < SignalBook.SignUpsPerNetwork; line++)
            accounts.Add(await SignUp(own, $"a@shop{line}.example", $"203.0.113.{line}"));
        Assert.Empty(await Codes(own, accounts[^1]));
        await SignUp(own, "a@elsewhere.example", "198.51.100.1");
        var fourth = await SignUp(own, "a@shop4.example", "203.0.113.200");
        Assert.Equal([SignalCodes.SignUpsFromNetwork], await Codes(own, fourth));
        Assert.Empty(await Codes(own, accounts[0]));
        own.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Empty(await Codes(own, await SignUp(own, "a@shop5.example", "203.0.113.77")));
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.network_trace where network like '%203.0%' or subject like '%shop_.%'"));
        own.Clock.Advance(NetworkTrace.Kept);
        await own.Services.GetRequiredService<SignInTidying>().Tidy(default);
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.network_trace"));
    }

    [Fact]
    public void This_machine_and_a_proxy_in_the_house_are_no_network()
    {
        var keys = app.Services.GetRequiredService<NetworkKeys>();
        Assert.All((string[])["127.0.0.1", "::1", "10.1.2.3", "192.168.0.7", "172.16.5.5", "100.64.0.1", "fe80::1", "fd00::1", "not an address", ""], ip => Assert.Null(keys.Network(ip)));
        Assert.Equal(keys.Network("203.0.113.9"), keys.Network("203.0.113.0/24"));
        Assert.Equal(keys.Network("2001:db8:1::5"), keys.Network("2001:db8:1:2::9"));
        Assert.NotEqual(keys.Network("203.0.113.9"), keys.Network("203.0.114.9"));
    }

    [Fact]
    public async Task The_sixth_sign_up_by_a_domain_is_a_signal_and_a_mailbox_that_all_share_never()
    {
        await using var own = await app.Another();
        Guid last = default;
        for (var n = 1; n <= SignalBook.SignUpsPerDomain; n++)
        {
            if (n == SignalBook.SignUpsPerDomain)
                Assert.Empty(await Codes(own, last));
            last = await SignUp(own, $"p{n}@one.example", $"203.0.{n}.1");
        }

        Assert.Equal([SignalCodes.SignUpsFromDomain], await Codes(own, last));
        for (var n = 1; n <= SignalBook.SignUpsPerDomain; n++)
            last = await SignUp(own, $"p{n}@gmail.com", $"198.51.{n}.1");
        Assert.Empty(await Codes(own, last));
    }

    [Fact]
    public async Task Ten_peoples_passwords_from_one_network_are_a_signal_nine_are_not_and_an_owner_who_then_comes_in_is_looked_at()
    {
        await using var own = await app.Another();
        var shop = await own.NewAccount();
        for (var person = 1; person < SignalBook.PeopleTried; person++)
            await Try(own, $"nobody{person}@x.example", "203.0.113.5");
        // The same person again and again is not many people.
        for (var again = 0; again < 5; again++)
            await Try(own, "nobody1@x.example", "203.0.113.6");
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.misuse_signal"));
        await Enter(own, shop.OwnerId, "203.0.113.7");
        await own.Work();
        Assert.Empty(await Codes(own, shop.Id));

        await Try(own, "nobody10@x.example", "203.0.113.5");
        await Try(own, "nobody11@x.example", "203.0.113.5");
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.misuse_signal where code = 'stuffing' and account_id is null"));
        await Enter(own, shop.OwnerId, "198.51.100.1");
        await own.Work();
        Assert.Empty(await Codes(own, shop.Id));
        await Enter(own, shop.OwnerId, "203.0.113.7");
        await own.Work();
        Assert.Equal([SignalCodes.SignInAfterStuffing], await Codes(own, shop.Id));
        Assert.False(await Held(own, shop.Id));
    }

    [Theory]
    [InlineData(45, 5, true)]
    [InlineData(46, 4, false)]
    [InlineData(44, 5, false)]
    public async Task One_in_ten_that_comes_back_is_a_signal_once_fifty_were_tried(int accepted, int bounced, bool fires)
    {
        await using var own = await app.Another();
        var shop = await own.NewAccount();
        await Happened(own, shop, "accepted", accepted);
        await Happened(own, shop, "bounced", bounced);
        await own.Services.GetRequiredService<SendingWatch>().Look(default);
        Assert.Equal(fires ? [SignalCodes.Bounces] : [], await Codes(own, shop.Id));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public async Task Three_readers_in_a_thousand_who_report_it_hold_the_messages(int reports, bool fires)
    {
        await using var own = await app.Another();
        var shop = await own.NewAccount();
        await Happened(own, shop, "accepted", 1000);
        for (var n = 0; n < reports; n++)
            await own.Do("insert into privacy.suppression (tenant_id, address_key, channel, reason, detail, at) values ($1, gen_random_uuid(), 'email', 'complaint', '', $2)", shop.Id, own.Clock.GetUtcNow());
        await own.Services.GetRequiredService<SendingWatch>().Look(default);
        Assert.Equal(fires ? [SignalCodes.Complaints] : [], await Codes(own, shop.Id));
        Assert.Equal(fires, await Held(own, shop.Id));
    }

    [Theory]
    [InlineData(2000, 200, true)]
    [InlineData(1999, 199, false)]
    [InlineData(2000, 201, false)]
    [InlineData(2000, 0, false)]
    public async Task Ten_times_the_busiest_day_is_a_signal(int today, int before, bool fires)
    {
        await using var own = await app.Another();
        var shop = await own.NewAccount();
        if (before > 0)
            await own.Do("insert into messaging.sending_day (account_id, day, accepted, bounced) values ($1, $2, $3, 0)", shop.Id, DateOnly.FromDateTime(own.Clock.GetUtcNow().UtcDateTime.AddDays(-9)), (long)before);
        await Happened(own, shop, "accepted", today);
        await own.Services.GetRequiredService<SendingWatch>().Look(default);
        Assert.Equal(fires ? [SignalCodes.SendSpike] : [], await Codes(own, shop.Id));
    }

    [Fact]
    public async Task Enough_signals_hold_the_messages_and_a_release_sends_each_exactly_once()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        await shop.Person("Ann");
        await shop.Person("Ben");
        await shop.Withdraw("ben@people.example");
        await Raise(own, shop, SignalCodes.SendSpike);
        Assert.False(await Held(own, shop.Id));
        await Raise(own, shop, SignalCodes.Bounces);
        Assert.True(await Held(own, shop.Id));
        await Raise(own, shop, SignalCodes.Bounces);
        Assert.Equal(2, (await Codes(own, shop.Id)).Count);

        var campaign = await shop.Letter();
        await shop.Send(campaign);
        await shop.Settle(own);
        var waiting = await shop.Campaign(campaign);
        // Whoever must never get it is left out now; whoever may waits.
        Assert.Equal((1, 1, 0), (waiting.Count("deferred"), waiting.Count("withheld"), waiting.Count("accepted")));
        Assert.Equal("account_held", await shop.Ask<string>("select reason from messaging.send where state = 'deferred'"));
        var inside = await shop.SignIn();
        Assert.Contains("far more mail is going out than on any day before", (await inside.Get($"/a/{shop.Slug}")).Text, StringComparison.Ordinal);
        var stopped = await inside.Get(shop.Page("stopped"));
        Assert.Contains("many of the addresses you wrote to do not exist", stopped.Text, StringComparison.Ordinal);
        Assert.Contains("Send the answer", stopped.All("button"));
        Assert.Contains("1 message waits until somebody has looked at your account", (await inside.Get(shop.Page($"campaigns/{campaign}"))).Text, StringComparison.Ordinal);

        var stop = await own.Ask<Guid>("select id from accounts.account_stop where account_id = $1", shop.Id);
        await staff.Decide(stop, "release", "A school reunion: fine.");
        await shop.Settle(own);
        await shop.Settle(own);
        Assert.Equal(1, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        Assert.Equal(1L, await own.Ask<long>("select max(times)::bigint from dev.message where recipient = 'ann@people.example'"));
        Assert.Equal(0, await own.Ask<long>("select count(*) from dev.message where recipient = 'ben@people.example'"));
        foreach (var act in (string[])["operator.hold_account", "operator.release_account"])
        {
            Assert.Equal(1, await shop.Ask<long>("select count(*) from privacy.audit_entry where act = $1", act));
            Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = $1 and about = $2", act, shop.Id));
        }

        // What a person has let go does not count again.
        own.Clock.Advance(TimeSpan.FromDays(2));
        await Raise(own, shop, SignalCodes.SendSpike);
        Assert.False(await Held(own, shop.Id));
    }

    [Fact]
    public async Task The_demos_honest_practice_is_no_sign_of_anything_and_its_whole_campaign_goes_out()
    {
        await using var own = await app.Another();
        await own.In(null, services => services.GetServices<ICommand>().Single(c => c.Name == "seed demo").Run(new CommandOptions(new Dictionary<string, string>(StringComparer.Ordinal)), services, TestContext.Current.CancellationToken));
        await own.Work();
        Assert.True(await own.Services.GetRequiredService<SendingWatch>().Look(default) > 0);
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.misuse_signal"));
        Assert.Equal(0, await own.Ask<long>("select count(*) from messaging.send where state = 'deferred' and reason = 'warm_up'"));
        Assert.True(await own.Ask<decimal>("select sum(accepted) from messaging.sending_day") > 1000);
    }

    [Fact]
    public async Task Whoever_is_held_signs_in_as_before()
    {
        await using var own = await app.Another();
        var shop = await own.NewAccount();
        await Raise(own, shop, SignalCodes.Complaints);
        Assert.True(await Held(own, shop.Id));
        Assert.StartsWith("/a/", (await own.EnterFromElsewhere(shop)).Page.Url.AbsolutePath, StringComparison.Ordinal);
    }

    internal static Task Raise(PluraApp own, TestAccount shop, string code) => own.Services.GetRequiredService<IMisuse>().Raise(shop.Id, code, new Dictionary<string, string>(StringComparer.Ordinal), default);

    internal static Task<bool> Held(PluraApp own, Guid account) => own.Ask<bool>("select held_at is not null from accounts.account where id = $1", account);

    internal static async Task<IReadOnlyList<string>> Codes(PluraApp own, Guid account)
    {
        await own.Work();
        return await own.In(null, services => services.GetRequiredService<PluraDb>().MisuseSignals.Where(s => s.AccountId == account).OrderBy(s => s.At).Select(s => s.Code).ToListAsync());
    }

    private static async Task<Guid> SignUp(PluraApp own, string email, string ip)
    {
        var command = new SignUp { Name = "Ann Example", Email = email, Password = "four words in a row", Business = $"Shop {Interlocked.Increment(ref people)}", Country = "US", TimeZone = "America/New_York", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true };
        var user = (await own.In(null, services => services.GetRequiredService<SignUpHandler>().Handle(command, ip, default))).Value;
        await own.Work();
        return await own.Ask<Guid>("select account_id from accounts.membership where user_id = $1", user);
    }

    private static Task Try(PluraApp own, string email, string ip) => From(own, ip, services => services.GetRequiredService<SignInHandler>().Handle(new SignIn { Email = email, Password = "not the password" }, default));

    private static Task Enter(PluraApp own, Guid user, string ip) => From(own, ip, async services =>
    {
        await services.GetRequiredService<WatchSignIns>().Entered(user, default);
        await services.GetRequiredService<PluraDb>().SaveChangesAsync();
    });

    private static Task From(PluraApp own, string ip, Func<IServiceProvider, Task> work) => own.In(null, services =>
    {
        services.GetRequiredService<AuditTrail>().Begin(writes: false, endpoint: null, module: null, about: null, network: ip, session: null);
        return work(services);
    });

    private static Task Happened(PluraApp own, TestAccount shop, string kind, int times) => own.Do(
        "insert into messaging.send_event (tenant_id, id, send_id, at, kind) select $1, gen_random_uuid(), gen_random_uuid(), $2, $3 from generate_series(1, $4)", shop.Id, own.Clock.GetUtcNow(), kind, times);
}
