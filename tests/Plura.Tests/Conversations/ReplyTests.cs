using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Conversations;

public sealed class ReplyTests(PluraApp app)
{
    [Fact]
    public async Task A_reply_leaves_after_ten_seconds_and_an_answer_to_it_comes_back_here()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await own.TryReceive(account.Inbox(), InboxDesk.Letter("Ann <ann@people.example>", "Do you open on Sunday?", "Opening hours", "q1@people.example"));
        var id = await account.Ask<Guid>("select id from conversations.conversation");
        var reply = await account.Reply(id, "From eight to eleven.\nSee you, \"Ann\" <3");
        Assert.Equal("planned", (await account.Thread(id))[0].Delivery!.State);
        await account.Work();
        await own.Services.GetRequiredService<Plura.Messaging.Pump>().RunDue(CancellationToken.None);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        await account.Leave(own);
        var mail = await own.Mailed("ann@people.example");
        Assert.Equal(("Re: Opening hours", "q1@people.example", account.Inbox()), (mail.Subject, mail.InReplyTo, mail.ReplyTo.Mailboxes.Single().Address));
        Assert.Equal("q1@people.example", Assert.Single(mail.References));
        Assert.Contains("From eight to eleven.\nSee you, \"Ann\" <3", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("&lt;3", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Null(mail.Headers[MimeKit.HeaderId.ListUnsubscribe]);
        Assert.Equal(("accepted", "Sent"), ((await account.Thread(id))[0].Delivery!.State, (await account.Thread(id))[0].Delivery!.Text));
        Assert.Equal(reply, await account.Ask<Guid>("select origin_id from messaging.send where origin = 'reply'"));
        Assert.Equal(id, (await own.Receive(account, "ann@people.example", "Thank you", "Re: Opening hours")).ConversationId);
    }

    [Fact]
    public async Task The_ledger_holds_none_of_its_words()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Xylophone of mine", "Quetzal");
        await account.Reply(taken.ConversationId, "Zeppelin of ours");
        await account.In(s => s.GetRequiredService<WriteNoteHandler>().Handle(new WriteNote { Id = taken.ConversationId, Text = "Walrus among us" }, default));
        foreach (var table in (string[])["messaging.content", "messaging.send", "conversations.message", "conversations.conversation", "platform.outbox_message", "privacy.audit_entry", "contacts.contact"])
        {
            foreach (var word in (string[])["Xylophone", "Quetzal", "Zeppelin", "Walrus"])
                Assert.Equal(0L, await own.Ask<long>($"select count(*) from {table} t where t::text ilike '%{word}%' or t::text ilike '%' || encode('{word}', 'hex') || '%'"));
        }

        await account.Leave(own);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from messaging.content t where t::text ilike '%Zeppelin%'"));
        Assert.DoesNotContain(own.Log.Errors, line => line.Contains("Zeppelin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reply_to_a_blocked_address_is_withheld_and_the_thread_says_why()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        await account.In(async s => await s.GetRequiredService<ISuppression>().Add(s.GetRequiredService<IAddressKeys>().Of(Channels.Email, "ann@people.example"), Channels.Email, SuppressionReasons.HardBounce, "5.1.1", default));
        await account.Reply(taken.ConversationId, "Good morning");
        await account.Leave(own);
        var delivery = (await account.Thread(taken.ConversationId))[0].Delivery!;
        Assert.Equal(("withheld", "hard_bounce"), (delivery.State, delivery.Rule));
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        Assert.Contains("Not sent: their address does not work", page.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
    }

    [Fact]
    public async Task A_reply_that_comes_back_says_so()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@bounce.example", "Hello");
        await account.Reply(taken.ConversationId, "Good morning");
        await account.Leave(own);
        Assert.Equal("bounced", (await account.Thread(taken.ConversationId))[0].Delivery!.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?view=unassigned")]
    public async Task Until_it_leaves_it_is_taken_back_and_its_words_stand_in_the_box_again(string view)
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        var browser = await account.SignIn();
        var thread = await (await browser.Get(account.Page($"conversations/{taken.ConversationId}{view}"))).Submit("[name='Command.Text']", new { Text = "Too early" }, "Send");
        Assert.Contains("Leaves in a few seconds", thread.Text, StringComparison.Ordinal);
        var back = await thread.Submit("form[action$='/take-back']", new { });
        Assert.Equal(view.Length > 0, back.Url.Query.Contains("view=unassigned", StringComparison.Ordinal));
        Assert.Contains("Taken back before it left", back.Text, StringComparison.Ordinal);
        Assert.Equal("Too early", back.Find("textarea").TextContent);
        await account.Leave(own);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        Assert.Equal("cancelled", (await account.Thread(taken.ConversationId))[0].Delivery!.State);
    }

    [Fact]
    public async Task What_has_left_cannot_be_taken_back()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        var reply = await account.Reply(taken.ConversationId, "Good morning");
        await account.Leave(own);
        Assert.Equal("reply.left", (await account.In(s => s.GetRequiredService<TakeBackReplyHandler>().Handle(new TakeBackReply(taken.ConversationId, reply), default))).Refusal?.Code);
        Assert.Equal("accepted", (await account.Thread(taken.ConversationId))[0].Delivery!.State);
    }

    [Fact]
    public async Task Without_an_address_there_is_no_reply_and_nothing_typed_is_lost()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Hello");
        await app.Do("delete from contacts.contact_point where tenant_id = $1", account.Id);
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        var refused = await page.Submit("[name='Command.Text']", new { Text = "Good morning" }, "Send");
        Assert.Contains("no e-mail address to which an answer could go", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Good morning", refused.Find("textarea").TextContent);
        var noted = await refused.Submit("[name='Command.Text']", new { Text = "Call instead" }, "Keep as a note");
        Assert.Contains("only for you and your colleagues", noted.Text, StringComparison.Ordinal);
        Assert.Equal(["note", "in"], (await account.Thread(taken.ConversationId)).Select(m => m.Direction));
    }

    [Fact]
    public async Task An_erased_persons_reply_is_not_sent()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello");
        await account.Reply(taken.ConversationId, "Good morning");
        await own.Services.GetRequiredService<Plura.Privacy.SubjectKeys>().Shred(account.Id, (await account.Conversation(taken.ConversationId))!.Contact, default);
        await account.Leave(own);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        Assert.Equal("withheld", (await account.Thread(taken.ConversationId))[0].Delivery!.State);
    }
}
