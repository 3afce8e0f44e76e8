using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Messaging;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Messaging;

/// <summary>Every night what left is held against what was allowed, without anybody asking; a message that nobody allowed is told once.</summary>
public sealed class StrangerWatchTests(PluraApp app)
{
    private const string Stray = "0198a000-0000-7000-8000-00000000beef@elsewhere.example";
    private const string ToldOf = "select count(*) from dev.message where subject like 'Messages left that nobody allowed%'";

    [Fact]
    public async Task A_night_without_strangers_is_quiet_and_the_desk_says_when_it_was()
    {
        await using var own = await app.Another();
        await Sent(own);
        var before = await (await OperatorStaff.At(own)).Get("");
        Assert.Contains("none yet; there is one every night", before.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing has been compared yet", (await (await OperatorStaff.At(own)).Get("strangers")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await Look(own));
        // That was the night's look.
        Assert.Null(await Look(own));
        Assert.Equal(1, await own.Ask<long>("select count(*) from messaging.transport_look"));
        await own.Work();
        var desk = await (await OperatorStaff.At(own)).Get("");
        Assert.Contains("All is well", desk.Text, StringComparison.Ordinal);
        Assert.Contains("2 entries since Saturday", desk.Text, StringComparison.Ordinal);
        Assert.Contains("all of it had been allowed", desk.Text, StringComparison.Ordinal);
        Assert.Contains("Everything that left had been allowed", (await (await OperatorStaff.At(own)).Get("strangers")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await own.Ask<long>(ToldOf));
        own.Clock.Advance(StrangerTroubles.Patience + TimeSpan.FromHours(1));
        Assert.Contains("For more than two days nobody compared what left", (await (await OperatorStaff.At(own)).Get("")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_nobody_allowed_is_told_once_and_stands_until_somebody_has_looked_into_it()
    {
        await using var own = await app.Another();
        await Sent(own);
        Assert.Equal(0, await Look(own));
        own.Clock.Advance(TimeSpan.FromHours(23));
        await Smuggle(own, Stray);
        Assert.Equal(1, await Look(own));
        await Deliver(own);
        await Told(own, "1");
        var staff = await OperatorStaff.At(own);
        var desk = await staff.Get("");
        Assert.DoesNotContain("All is well", desk.Text, StringComparison.Ordinal);
        Assert.Contains("1 message left that nobody allowed", desk.Text, StringComparison.Ordinal);

        // The next look sees it again, because looks overlap: it is not news.
        own.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await Look(own));
        Assert.Equal(1, await own.Ask<int>("select strangers from messaging.transport_look order by at desc limit 1"));
        await Deliver(own);
        Assert.Equal(1, await own.Ask<long>(ToldOf));
        staff = await OperatorStaff.At(own);
        Assert.Contains("nothing new; 1 message that the look before had found", (await staff.Get("")).Text, StringComparison.Ordinal);

        var page = await staff.Get("strangers");
        Assert.Contains(Stray, page.Text, StringComparison.Ordinal);
        // One that is found while somebody reads the page is not settled by what they saw.
        await own.Do("insert into messaging.stranger (message_id, found_at) values ('later@elsewhere.example', $1)", own.Clock.GetUtcNow());
        Assert.Contains("you have looked into 1 message", (await page.Submit("#settle-strangers form", new { })).Text, StringComparison.Ordinal);
        Assert.Equal(1, await own.Ask<long>("select count(*) from messaging.stranger where settled_at is null and message_id = 'later@elsewhere.example'"));
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'operator.settle_strangers'"));
        await (await staff.Get("strangers")).Submit("#settle-strangers form", new { });
        Assert.Contains("All is well", (await staff.Get("")).Text, StringComparison.Ordinal);
        Assert.Contains(Stray, (await staff.Get("strangers")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_send_of_our_own_that_nothing_allowed_is_found_as_well()
    {
        await using var own = await app.Another();
        var account = await Sent(own);
        Assert.Equal(0, await Look(own));
        own.Clock.Advance(TimeSpan.FromHours(23));
        await own.Do("""
            insert into messaging.send select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'message_id', 'forged@here.example', 'contact_point_id', gen_random_uuid(), 'intended_at', $2::timestamptz, 'finished_at', $2::timestamptz))).*
            from messaging.send s where tenant_id = $1 and state = 'accepted' limit 1
            """, account.Id, own.Clock.GetUtcNow());
        Assert.Equal(1, await Look(own));
    }

    [Fact]
    public async Task After_days_without_a_worker_the_next_look_begins_where_the_last_one_ended()
    {
        await using var own = await app.Another();
        await Sent(own);
        Assert.Equal(0, await Look(own));
        own.Clock.Advance(TimeSpan.FromDays(1));
        await Smuggle(own, Stray);
        own.Clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal(1, await Look(own));
    }

    private static Task<int?> Look(PluraApp own) => own.Services.GetRequiredService<StrangerWatch>().Look(TestContext.Current.CancellationToken);

    /// <summary>An account that sent one message.</summary>
    private static async Task<TestAccount> Sent(PluraApp own)
    {
        var account = await own.NewAccount();
        await account.Person("Ann");
        await account.Send(await account.Letter());
        await account.Settle(own);
        return account;
    }

    /// <summary>The transport took a message now that no attempt of ours stands for.</summary>
    private static Task<int> Smuggle(PluraApp own, string messageId) => own.Do("""
        insert into dev.message (id, channel, message_id, times, account_id, send_id, decision_id, recipient, subject, at, source)
        select gen_random_uuid(), channel, $1, 1, account_id, send_id, decision_id, recipient, subject, $2, source from dev.message limit 1
        """, messageId, own.Clock.GetUtcNow());

    private static async Task Deliver(PluraApp own)
    {
        await own.Work();
        await own.Services.GetRequiredService<Pump>().RunDue(TestContext.Current.CancellationToken);
    }

    /// <summary>One letter went to the operator, says how many, and leads to the page.</summary>
    private static async Task Told(PluraApp own, string count)
    {
        Assert.Equal(1, await own.Ask<long>(ToldOf));
        using var stream = new MemoryStream((await own.Ask<byte[]>("select source from dev.message where subject like 'Messages left that nobody allowed%'"))!);
        var letter = await MimeMessage.LoadAsync(stream, TestContext.Current.CancellationToken);
        Assert.Equal("Messages left that nobody allowed: " + count, letter.Subject);
        Assert.Contains(StrangerWatch.Page, letter.HtmlBody, StringComparison.Ordinal);
    }
}
