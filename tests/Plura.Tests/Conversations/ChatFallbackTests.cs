using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;
using Plura.Privacy;

namespace Plura.Tests.Conversations;

public sealed class ChatFallbackTests(PluraApp app)
{
    private const string Mails = "select count(*) from dev.message where recipient = 'ann@people.example'";

    [Fact]
    public async Task What_they_did_not_see_goes_by_mail_once_and_the_answer_comes_back_here()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Do you deliver?\nTo the harbour?");
        await visitor.IsCalled("Ann", "ann@people.example");
        var id = await visitor.Conversation();
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        await account.Reply(id, "Yes, until noon.");
        await account.Reply(id, "Also to the harbour.");
        await visitor.Deliver();
        Assert.Equal("waiting", (await account.Thread(id))[0].Delivery!.State);
        Assert.Equal(0L, await own.Ask<long>(Mails));

        await Minutes(own, account, 2);
        var mail = await own.Mailed("ann@people.example");
        Assert.Equal(("Re: Your chat with Corner Bakery", account.Inbox()), (mail.Subject, mail.ReplyTo.Mailboxes.Single().Address));
        Assert.Contains("Yes, until noon.\n\nAlso to the harbour.\n\nYou wrote in our chat:\n> Do you deliver?\n> To the harbour?", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All((await account.Thread(id)).Where(m => m.Direction == "out"), m => Assert.Equal(("accepted", "They had left, so it goes by e-mail. Sent"), (m.Delivery!.State, m.Delivery.Text)));

        await Minutes(own, account, 10);
        Assert.Equal(1L, await own.Ask<long>(Mails));
        // Who comes back sees them all the same, and gets no second mail for it.
        Assert.Equal(3, (await visitor.Sees()).Count);
        Assert.Equal(id, (await own.Receive(account, "ann@people.example", "Thank you", mail.Subject!)).ConversationId);
        Assert.Equal("email", (await account.Conversation(id))!.Channel);
    }

    [Fact]
    public async Task What_they_saw_is_not_mailed()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Do you deliver?");
        await visitor.IsCalled("Ann", "ann@people.example");
        await using (var page = await visitor.Stays())
        {
            await page.Next();
            await account.Reply(await visitor.Conversation(), "Yes, until noon.");
            await visitor.Deliver();
            Assert.Equal(("them", "Yes, until noon."), await page.Next());
            await Eventually.Holds(async () => await account.Ask<long>("select count(*) from conversations.message where seen_at is not null") == 1);
        }

        await Eventually.Holds(async () => await account.Ask<long>("select count(*) from conversations.chat_session where left_at is not null") == 1);
        await Minutes(own, account, 10);
        Assert.Equal(0L, await own.Ask<long>(Mails));
    }

    [Fact]
    public async Task Who_has_only_just_left_is_waited_for()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Do you deliver?");
        await visitor.IsCalled("Ann", "ann@people.example");
        await account.Reply(await visitor.Conversation(), "Yes, until noon.");
        await visitor.Deliver();
        own.Clock.Advance(TimeSpan.FromSeconds(50));
        // They come back, and go again.
        await using (var page = await visitor.Stays(after: await account.Ask<Guid>("select id from conversations.message where direction = 'out'")))
            await Eventually.Holds(async () => await account.Ask<long>("select count(*) from conversations.chat_session where left_at is null") == 1);
        await Eventually.Holds(async () => await account.Ask<long>("select count(*) from conversations.chat_session where left_at is not null") == 1);
        await own.Do("update conversations.message set seen_at = null");
        own.Clock.Advance(TimeSpan.FromSeconds(30));
        await visitor.Deliver();
        Assert.Equal(0L, await own.Ask<long>(Mails));
        await Minutes(own, account, 2);
        Assert.Equal(1L, await own.Ask<long>(Mails));
    }

    [Fact]
    public async Task Without_an_address_it_waits_in_the_chat()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Do you deliver?");
        var thread = await (await account.SignIn()).Get(account.Page($"conversations/{await visitor.Conversation()}"));
        var sent = await thread.Submit("[name='Command.Text']", new { Text = "Yes, until noon." }, "Send");
        Assert.Contains("They have left without an address", sent.Text, StringComparison.Ordinal);
        await visitor.Deliver();
        await Minutes(own, account, 10);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from dev.message"));
        Assert.Equal([("you", "Do you deliver?"), ("them", "Yes, until noon.")], await visitor.Sees());
    }

    [Fact]
    public async Task A_mail_to_an_erased_contact_is_not_sent()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Do you deliver?");
        await visitor.IsCalled("Ann", "ann@people.example");
        var id = await visitor.Conversation();
        await account.Reply(id, "Yes, until noon.");
        await visitor.Deliver();
        await own.Services.GetRequiredService<SubjectKeys>().Shred(account.Id, (await account.Conversation(id))!.Contact, default);
        await Minutes(own, account, 3);
        Assert.Equal(0L, await own.Ask<long>(Mails));
    }

    /// <summary>Time passes; each minute what is due is done.</summary>
    private static async Task Minutes(PluraApp own, TestAccount account, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            own.Clock.Advance(TimeSpan.FromMinutes(1));
            await account.Work();
            await own.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        }

        await account.Work();
    }
}
