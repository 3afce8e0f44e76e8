using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Conversations;
using Plura.Messaging;
using Plura.Privacy.Contracts;
using Plura.Tests.Messaging;

namespace Plura.Tests.Conversations;

/// <summary>Whoever wrote waits until an answer has left: not when it is written, taken back, meant for later or withheld.</summary>
public sealed class AnsweredTests(PluraApp app)
{
    [Fact]
    public async Task What_is_due_stands_until_the_answer_has_left_and_again_when_it_is_taken_back()
    {
        await using var own = await app.Another();
        var (account, id, due) = await Waiting(own);
        var reply = await account.Reply(id, "Good morning");
        Assert.Equal(due, (await account.Conversation(id))!.DueAt);
        Assert.Null((await account.In(s => s.GetRequiredService<TakeBackReplyHandler>().Handle(new TakeBackReply(id, reply), default))).Refusal);
        await account.Leave(own);
        var after = (await account.Conversation(id))!;
        Assert.Equal((due, "taken_back"), (after.DueAt, after.LastState));
        var list = await (await account.SignIn()).Get(account.Page("conversations"));
        Assert.Contains("Taken back: Good morning", list.Text, StringComparison.Ordinal);
        Assert.Contains("Answer by", list.Text, StringComparison.Ordinal);
        await account.Reply(id, "Good morning indeed");
        await account.Leave(own);
        after = (await account.Conversation(id))!;
        Assert.Equal((null, null, false), (after.DueAt, after.LastState, after.Unread));
    }

    [Fact]
    public async Task An_answer_for_tomorrow_ends_no_waiting_today()
    {
        await using var own = await app.Another();
        var (account, id, due) = await Waiting(own);
        await account.As(account.OwnerId, s => s.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = id, Text = "Later", Later = "tomorrow" }, default));
        // The news that something was written is heard at once, half an hour before anything is due.
        await account.Work();
        own.Clock.Advance(TimeSpan.FromMinutes(31));
        await account.Work();
        Assert.Equal(["ann@people.example"], await account.Listed("overdue"));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from accounts.notice where kind = $1 and settled_at is null", ConversationNotices.Overdue));
        var waits = (await account.Conversation(id))!;
        Assert.Equal((due, "scheduled"), (waits.DueAt, waits.LastState));
        Assert.Contains("Leaves tomorrow", (await (await account.SignIn()).Get(account.Page("conversations"))).Text, StringComparison.Ordinal);
        own.Clock.Advance(TimeSpan.FromDays(1));
        await account.Leave(own);
        Assert.Null((await account.Conversation(id))!.DueAt);
    }

    [Fact]
    public async Task What_is_withheld_or_comes_back_leaves_them_waiting_and_asks_to_be_looked_at()
    {
        await using var own = await app.Another();
        var (account, id, due) = await Waiting(own);
        await account.In(async s => await s.GetRequiredService<ISuppression>().Add(s.GetRequiredService<IAddressKeys>().Of(Channels.Email, "ann@people.example"), Channels.Email, SuppressionReasons.HardBounce, "5.1.1", default));
        await account.Reply(id, "Good morning");
        await account.Leave(own);
        var after = (await account.Conversation(id))!;
        Assert.Equal((due, "withheld", true), (after.DueAt, after.LastState, after.Unread));
        Assert.Contains("Not sent: Good morning", (await (await account.SignIn()).Get(account.Page("conversations"))).Text, StringComparison.Ordinal);
        own.Clock.Advance(TimeSpan.FromMinutes(31));
        await account.Work();
        Assert.Equal(1L, await account.Ask<long>("select count(*) from accounts.notice where kind = $1 and settled_at is null", ConversationNotices.Overdue));
    }

    [Fact]
    public async Task An_answer_of_which_nobody_knows_whether_it_left_ends_no_waiting()
    {
        var transport = new ScriptedTransport { Answer = (_, _) => ScriptedTransport.Lost };
        await using var own = await app.Another(services =>
        {
            services.RemoveAll<IEmailTransport>();
            services.AddSingleton<IEmailTransport>(transport);
        });
        var (account, id, due) = await Waiting(own);
        await account.Reply(id, "Good morning");
        await account.Leave(own);
        Assert.Equal("unknown", await account.Ask<string>("select state from messaging.send"));
        Assert.Equal(due, (await account.Conversation(id))!.DueAt);
    }

    [Fact]
    public async Task Who_writes_while_an_answer_is_on_its_way_waits_from_then_on()
    {
        await using var own = await app.Another();
        var (account, id, due) = await Waiting(own);
        await account.Reply(id, "Good morning");
        own.Clock.Advance(TimeSpan.FromSeconds(5));
        await own.Receive(account, "ann@people.example", "And on Sunday?");
        await account.Leave(own);
        Assert.InRange((await account.Conversation(id))!.DueAt!.Value, due.AddSeconds(5), due.AddSeconds(6));
    }

    private static async Task<(TestAccount Account, Guid Conversation, DateTimeOffset Due)> Waiting(PluraApp own)
    {
        var account = await own.NewAccount();
        Assert.Null((await account.In(s => s.GetRequiredService<KeepInboxHandler>().Handle(new KeepInbox { AnswerWithin = 30 }, default))).Refusal);
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        return (account, taken.ConversationId, (await account.Conversation(taken.ConversationId))!.DueAt!.Value);
    }
}
