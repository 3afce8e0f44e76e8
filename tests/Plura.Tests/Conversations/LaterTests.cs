using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Messaging;

namespace Plura.Tests.Conversations;

public sealed class LaterTests(PluraApp app)
{
    [Fact]
    public async Task An_answer_for_tomorrow_leaves_at_nine_where_its_writer_is_and_can_be_taken_back_until_then()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        var after = await page.Submit("[name='Command.Text']", new { Text = "Good morning" }, "Tomorrow at 9");
        Assert.Contains("It leaves at its time.", after.Text, StringComparison.Ordinal);
        Assert.Contains("Leaves tomorrow", after.Text, StringComparison.Ordinal);
        await account.Leave(own);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        own.Clock.Advance(TimeSpan.FromHours(20));
        var waiting = (await account.Thread(taken.ConversationId))[0].Id;
        Assert.Null((await account.In(s => s.GetRequiredService<TakeBackReplyHandler>().Handle(new TakeBackReply(taken.ConversationId, waiting), default))).Refusal);
        Assert.Null((await account.In(s => s.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = taken.ConversationId, Text = "Good morning", Later = own.Clock.GetUtcNow().AddHours(2).ToString("O") }, default))).Refusal);
        await account.Leave(own);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        own.Clock.Advance(TimeSpan.FromHours(2));
        await account.Leave(own);
        await own.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        Assert.Equal(1L, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
    }

    [Fact]
    public async Task A_time_of_ones_own_that_is_over_is_refused_beside_the_box_and_the_menu_stays_open()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Hello");
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        var refused = await page.Submit("[name='Command.Text']", new { Text = "Good morning", At = "2020-01-01T09:00" }, "Send then");
        Assert.Contains("Choose a time between a minute and a year from now.", refused.Text, StringComparison.Ordinal);
        Assert.True(refused.Find("#thread-later").HasAttribute("open"));
        Assert.Equal("2020-01-01T09:00", refused.Find("#later-at").GetAttribute("value"));
    }

    [Fact]
    public async Task A_conversation_is_put_away_until_a_time_of_ones_own_where_one_is()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        Assert.Contains("Choose a time", (await page.Submit("#snooze-at", new { at = "2020-01-01T09:00" }, "Snooze until then")).Text, StringComparison.Ordinal);
        await page.Submit("#snooze-at", new { at = "2026-11-04T15:30" }, "Snooze until then");
        // Half past three in New York.
        Assert.Equal(("snoozed", new DateTimeOffset(2026, 11, 4, 20, 30, 0, TimeSpan.Zero)), ((await account.Conversation(taken.ConversationId))!.State, (await account.Conversation(taken.ConversationId))!.SnoozedUntil));
        own.Clock.Advance(TimeSpan.FromDays(3));
        await account.Work();
        Assert.Equal("open", (await account.Conversation(taken.ConversationId))!.State);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2020-01-01T09:00")]
    [InlineData("2199-01-01T09:00")]
    [InlineData("?")]
    public async Task A_time_that_is_none_is_refused(string later)
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Hello");
        Assert.Equal("reply.later", (await account.In(s => s.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = taken.ConversationId, Text = "x", Later = later }, default))).Refusal?.Code);
    }
}
