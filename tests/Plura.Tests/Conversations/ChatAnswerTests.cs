using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;

namespace Plura.Tests.Conversations;

public sealed class ChatAnswerTests(PluraApp app)
{
    [Fact]
    public async Task An_answer_from_the_inbox_appears_at_once_in_the_open_page()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Do you deliver?");
        var id = await visitor.Conversation();
        await using var page = await visitor.Stays();
        Assert.Equal(("you", "Do you deliver?"), await page.Next());
        var thread = await (await account.SignIn()).Get(account.Page($"conversations/{id}"));
        Assert.Contains("is here now", thread.Text, StringComparison.Ordinal);
        await thread.Submit("[name='Command.Text']", new { Text = "Yes, until noon." }, "Send");
        await visitor.Deliver();
        Assert.Equal(("them", "Yes, until noon."), await page.Next());
        await Eventually.Holds(async () => (await account.Thread(id))[0].Delivery!.State == "seen");
        Assert.Equal("Shown in their chat", (await account.Thread(id))[0].Delivery!.Text);
    }

    [Fact]
    public async Task It_passes_the_gate_and_the_ledger_without_its_words()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Xylophone?");
        var answer = await account.Reply(await visitor.Conversation(), "Zeppelin!");
        Assert.Equal([("you", "Xylophone?")], await visitor.Sees());
        await visitor.Deliver();
        Assert.Equal([("you", "Xylophone?"), ("them", "Zeppelin!")], await visitor.Sees());
        Assert.Equal(("chat", "accepted"), (await account.Ask<string>("select origin from messaging.send where origin_id = $1", answer), await account.Ask<string>("select state from messaging.send where origin_id = $1", answer)));
        Assert.Equal("allow", await account.Ask<string>("select d.outcome from privacy.decision d join messaging.send s on s.id = d.send_id where s.origin_id = $1", answer));
        foreach (var table in (string[])["messaging.content", "messaging.send", "conversations.message", "conversations.chat_session", "platform.outbox_message", "privacy.audit_entry"])
        {
            foreach (var word in (string[])["Xylophone", "Zeppelin"])
                Assert.Equal(0L, await own.Ask<long>($"select count(*) from {table} t where t::text ilike '%{word}%' or t::text ilike '%' || encode('{word}', 'hex') || '%'"));
        }
    }

    [Fact]
    public async Task An_account_that_may_not_send_answers_nobody_by_chat_either()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Hello");
        var id = await visitor.Conversation();
        await own.Do("update accounts.account set suspended_at = now() where id = $1", account.Id);
        await account.Reply(id, "Good morning");
        await visitor.Deliver();
        Assert.Equal([("you", "Hello")], await visitor.Sees());
        Assert.Equal(("withheld", "account_suspended"), ((await account.Thread(id))[0].Delivery!.State, (await account.Thread(id))[0].Delivery!.Rule));
    }

    [Fact]
    public async Task Whoever_writes_by_mail_after_the_chat_is_answered_by_mail()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Do you deliver?");
        await visitor.IsCalled("Ann", "ann@people.example");
        var mailed = await own.Receive(account, "ann@people.example", "I write from home now", "Delivery");
        Assert.Equal(await visitor.Conversation(), mailed.ConversationId);
        await account.Reply(mailed.ConversationId, "Yes, we do.");
        await account.Leave(own);
        Assert.Equal("Re: Delivery", (await own.Mailed("ann@people.example")).Subject);
        // What goes by mail is not shown in the chat, and what came by mail neither.
        Assert.Equal([("you", "Do you deliver?")], await visitor.Sees());
    }

    [Fact]
    public async Task Whether_they_are_here_stands_above_the_thread()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Hello");
        var id = await visitor.Conversation();
        await using (var page = await visitor.Stays())
        {
            await page.Next();
            Assert.Contains("is here now", (await (await account.SignIn()).Get(account.Page($"conversations/{id}"))).Text, StringComparison.Ordinal);
        }

        await Eventually.Holds(async () => (await account.Browser.Get(account.Page($"conversations/{id}"))).Text.Contains("left at", StringComparison.Ordinal));
        Assert.Contains("without an address to write to", (await account.Browser.Get(account.Page($"conversations/{id}"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_comes_back_hears_only_what_it_does_not_have()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("One");
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        var last = await visitor.Says("Two");
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        await account.Reply(await visitor.Conversation(), "Three");
        await visitor.Deliver();
        Assert.Equal([("them", "Three")], await visitor.Sees(last));
    }

    [Fact]
    public async Task Laying_an_answer_before_its_visitor_twice_changes_nothing()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Hello");
        var answer = await account.Reply(await visitor.Conversation(), "Good morning");
        Assert.True(await account.In(s => s.GetRequiredService<IChatLines>().HandOver(answer, default)));
        var first = await account.Ask<DateTime>("select handed_at from conversations.message where id = $1", answer);
        own.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await account.In(s => s.GetRequiredService<IChatLines>().HandOver(answer, default)));
        Assert.Equal(first, await account.Ask<DateTime>("select handed_at from conversations.message where id = $1", answer));
        Assert.False(await account.In(s => s.GetRequiredService<IChatLines>().HandOver(Guid.Empty, default)));
    }
}
