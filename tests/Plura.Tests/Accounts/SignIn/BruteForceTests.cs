using Plura.Platform;

namespace Plura.Tests;

/// <summary>Guessing is slow, and guessing at somebody else's door does not shut them out for good.</summary>
public sealed class BruteForceTests(PluraApp first)
{
    [Fact]
    public async Task The_fifth_wrong_password_asks_for_half_a_minute_of_rest()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await Wrong(app, account, 5);
        Assert.NotNull(await app.Try(account.Email(), TestAccount.Password));
        app.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.True(await GetsIn(app, account));
    }

    [Fact]
    public async Task Each_further_one_doubles_the_rest_up_to_a_quarter_of_an_hour_and_no_longer()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await Wrong(app, account, 4);
        var rests = new List<int>();
        for (var i = 0; i < 30; i++)
        {
            await Wrong(app, account, 1);
            var rest = await app.Ask<DateTime>("select lockout_end from accounts.\"user\" where id = $1", account.OwnerId) - app.Clock.GetUtcNow().UtcDateTime;
            rests.Add((int)Math.Round(rest.TotalSeconds));
            app.Clock.Advance(rest + TimeSpan.FromSeconds(1));
        }

        Assert.Equal([30, 60, 120, 240, 480, 900, 900, 900], rests.Take(8));
        Assert.All(rests.Skip(8), rest => Assert.Equal(900, rest));
        Assert.True(await GetsIn(app, account));
    }

    [Fact]
    public async Task While_it_rests_no_try_makes_it_longer()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await Wrong(app, account, 200);
        Assert.Equal(5, await app.Ask<int>("select access_failed_count from accounts.\"user\" where id = $1", account.OwnerId));
        app.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.True(await GetsIn(app, account));
    }

    [Fact]
    public async Task Many_at_once_are_no_more_tries_than_one_after_the_other()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => app.Try(account.Email(), Doorway.WrongPassword)));
        Assert.Equal(5, await app.Ask<int>("select access_failed_count from accounts.\"user\" where id = $1", account.OwnerId));
    }

    [Fact]
    public async Task The_right_password_forgets_the_wrong_ones()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await Wrong(app, account, 4);
        Assert.True(await GetsIn(app, account));
        await Wrong(app, account, 4);
        Assert.True(await GetsIn(app, account));
    }

    [Fact]
    public async Task After_a_day_of_peace_the_count_begins_anew()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await Wrong(app, account, 4);
        app.Clock.Advance(TimeSpan.FromHours(25));
        await Wrong(app, account, 4);
        Assert.True(await GetsIn(app, account));
    }

    [Fact]
    public async Task A_household_with_many_IPv6_addresses_is_one_and_the_next_one_is_another()
    {
        await using var app = await first.Another("--Plura:Roles=web", "--Accounts:SignIn:TriesPerMinute=5", "--ForwardedHeaders_Enabled=true");
        using var wire = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        async Task<System.Net.HttpStatusCode> Try(string from)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, "/forgot")) { Content = new FormUrlEncodedContent([]) };
            request.Headers.Add("X-Forwarded-For", from);
            using var answer = await wire.SendAsync(request, CancellationToken.None);
            return answer.StatusCode;
        }

        var answers = new List<System.Net.HttpStatusCode>();
        for (var i = 1; i <= 7; i++)
            answers.Add(await Try($"2001:db8:1:2::{i}"));
        Assert.NotEqual(System.Net.HttpStatusCode.TooManyRequests, answers[0]);
        Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.NotEqual(System.Net.HttpStatusCode.TooManyRequests, await Try("2001:db8:1:3::1"));
    }

    [Fact]
    public async Task One_address_of_the_network_may_try_only_so_often_a_minute()
    {
        await using var app = await first.Another("--Plura:Roles=web", "--Accounts:SignIn:TriesPerMinute=5");
        var browser = app.NewBrowser();
        var answers = new List<string>();
        for (var i = 0; i < 7; i++)
            answers.Add((await browser.Give($"nobody{i}@nowhere.example", Doorway.WrongPassword)).Text);
        Assert.Contains("That was a little fast", answers[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("That was a little fast", answers[0], StringComparison.Ordinal);
    }

    private static async Task<bool> GetsIn(PluraApp app, TestAccount account)
    {
        var browser = app.NewBrowser();
        await browser.GivePassword(account);
        return await browser.IsInside(account);
    }

    private static async Task Wrong(PluraApp app, TestAccount account, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Equal(RefusalKind.Invalid, (await app.Try(account.Email(), Doorway.WrongPassword))?.Kind);
    }
}
