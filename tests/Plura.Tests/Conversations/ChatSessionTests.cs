using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;

namespace Plura.Tests.Conversations;

public sealed class ChatSessionTests(PluraApp app)
{
    [Fact]
    public async Task What_a_visitor_writes_stands_in_the_inbox_before_anybody_knows_them()
    {
        var account = await app.NewAccount();
        var visitor = await ChatVisitor.Come(app, account);
        await visitor.Says("Do you deliver?");
        await visitor.Says("On Sunday?");
        var id = await visitor.Conversation();
        Assert.Equal(["Visitor of www.bakery.example"], await account.Listed("open"));
        var conversation = (await account.Conversation(id))!;
        Assert.Equal(("chat", true, true, "On Sunday?"), (conversation.Channel, conversation.Visitor, conversation.Unread, conversation.Preview));
        Assert.Equal(["On Sunday?", "Do you deliver?"], (await account.Thread(id)).Select(m => m.Text));
        Assert.Equal([("you", "Do you deliver?"), ("you", "On Sunday?")], await visitor.Sees());
        // Nobody was put into the address book for it.
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.contact"));
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{id}"));
        Assert.Contains("in the web chat", page.Find("textarea").GetAttribute("placeholder"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_one_develops_a_visitor_can_be_played_without_a_browser()
    {
        var account = await app.NewAccount();
        await ChatVisitor.Come(app, account);
        var first = await app.NewBrowser().PostJson("/dev/inbound/chat", new { to = account.Slug, text = "Do you deliver?" });
        var session = first.GetProperty("session").GetGuid();
        await app.NewBrowser().PostJson("/dev/inbound/chat", new { to = account.Slug, session, from = "ann@people.example", text = "On Sunday?" });
        Assert.Equal(["ann@people.example"], await account.Listed("open"));
        Assert.Equal(2L, await account.Ask<long>("select count(*) from conversations.message where direction = 'in'"));
    }

    [Fact]
    public async Task A_message_that_is_sent_twice_is_taken_once()
    {
        var account = await app.NewAccount();
        var visitor = await ChatVisitor.Come(app, account);
        await visitor.Begin();
        var first = await ChatVisitor.Read(await visitor.Call("messages", new { id = "the-same-id", text = "Hello" }));
        var second = await ChatVisitor.Read(await visitor.Call("messages", new { id = "the-same-id", text = "Hello" }));
        Assert.Equal(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
        Assert.Equal(1L, await account.Ask<long>("select count(*) from conversations.message"));
    }

    [Fact]
    public async Task Two_messages_at_the_same_moment_are_both_taken()
    {
        var account = await app.NewAccount();
        var visitor = await ChatVisitor.Come(app, account);
        await visitor.Begin();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async n => (await visitor.Call("messages", new { id = $"parallel-{n}", text = $"Number {n}" })).EnsureSuccessStatusCode().Dispose()));
        Assert.Equal(4, (await visitor.Sees()).Count);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from conversations.conversation"));
    }

    [Fact]
    public async Task Only_the_websites_that_the_account_named_may_call()
    {
        var account = await app.NewAccount();
        var visitor = await ChatVisitor.Come(app, account);
        using (var allowed = await visitor.Call("messages", new { }, method: "OPTIONS"))
        {
            Assert.Equal(ChatVisitor.Website, allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Contains("x-chat-session", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.OrdinalIgnoreCase);
            Assert.False(allowed.Headers.Contains("Access-Control-Allow-Credentials"));
        }

        foreach (var stranger in (string[])["https://evil.example", "http://www.bakery.example", "https://bakery.example", "null"])
        {
            using var preflight = await visitor.Call("messages", new { }, from: stranger, method: "OPTIONS");
            Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"), stranger);
            using var answer = await visitor.Call("begin", new { }, from: stranger);
            Assert.Equal((HttpStatusCode.Forbidden, false), (answer.StatusCode, answer.Headers.Contains("Access-Control-Allow-Origin")));
        }

        using (var silent = await visitor.Call("begin", new { }, from: ""))
            Assert.Equal(HttpStatusCode.Forbidden, silent.StatusCode);
        using var begun = await visitor.Call("begin", new { });
        Assert.Equal(ChatVisitor.Website, begun.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(begun.Headers.Contains("Set-Cookie"));
        // From our own pages, such as the preview's.
        using var own = await visitor.Call("begin", new { }, from: app.Address.ToString().TrimEnd('/'));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task A_forged_token_opens_nothing_and_a_true_one_nothing_of_another_account()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount("Next Door"));
        var visitor = await ChatVisitor.Come(app, account);
        var next = await ChatVisitor.Come(app, other);
        await visitor.Says("Secret of ours");
        foreach (var forged in (string[])["x", new string('a', 43), new string('a', 5_000), ChatCalls.Hash(visitor.Token!)])
        {
            foreach (var act in (string[])["messages", "me", "listen"])
            {
                using var answer = await visitor.Call(act, new { id = "forged-one", text = "Hi", email = "a@b.example" }, token: forged);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
        }

        using (var elsewhere = await next.Call("listen", new { follow = false }, token: visitor.Token))
            Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.Equal(0L, await app.Ask<long>("select count(*) from conversations.chat_session where token_hash = $1", visitor.Token!));
        await next.Says("Something of theirs");
        Assert.Equal([("you", "Something of theirs")], await next.Sees());
    }

    [Fact]
    public async Task A_visitor_sees_their_own_session_and_no_other()
    {
        var account = await app.NewAccount();
        var ann = await ChatVisitor.Come(app, account);
        var ben = ann.Another();
        await ann.Says("I am the first");
        await ben.Says("I am the second");
        Assert.Equal([("you", "I am the first")], await ann.Sees());
        Assert.Equal([("you", "I am the second")], await ben.Sees());
        Assert.NotEqual(await ann.Conversation(), await ben.Conversation());
    }

    [Fact]
    public async Task Too_many_and_too_much_is_refused_in_words()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Chat:BeginsPerMinute=2", "--Chat:MessagesPerMinute=3", "--Chat:StreamsPerVisitor=1");
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Begin();
        await visitor.Begin();
        using (var third = await visitor.Call("begin", new { }))
            Assert.Equal((HttpStatusCode.TooManyRequests, ChatVisitor.Website), (third.StatusCode, third.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        using (var long1 = await visitor.Call("messages", new { id = "very-long", text = new string('x', 4_001) }))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, long1.StatusCode);
        using (var huge = await visitor.Call("messages", new { id = "very-huge", text = new string('x', 40_000) }))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
        using (var torn = new StringContent("{\"", Encoding.UTF8, "application/json"))
        using (var refused = await visitor.Call("begin", torn))
            Assert.True(refused.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests);
        await using (await visitor.Stays())
        {
            using var second = await visitor.Call("listen", new { });
            Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        }

        HttpStatusCode last = default;
        for (var n = 0; n < 4; n++)
        {
            using var answer = await visitor.Call("messages", new { id = $"quick-{n}-one", text = "Hello" });
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task A_chat_that_is_off_or_unknown_takes_nobody()
    {
        var account = await app.NewAccount();
        var visitor = await ChatVisitor.Come(app, account);
        await account.In(s => s.GetRequiredService<KeepChatHandler>().Handle(new KeepChat { On = false, Websites = ChatVisitor.Website }, default));
        using var off = await visitor.Call("begin", new { });
        Assert.Equal(HttpStatusCode.NotFound, off.StatusCode);
        using var unknown = await new ChatVisitor(app, account, "nosuchkey", ChatVisitor.Website).Call("begin", new { });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task What_a_stranger_wrote_goes_after_ninety_days_with_its_key()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var stranger = await ChatVisitor.Come(own, account);
        await stranger.Says("Nobody knows me");
        var ann = stranger.Another();
        await ann.Says("I am Ann");
        await ann.IsCalled("Ann", "ann@people.example");
        Assert.Equal(0, await own.Services.GetRequiredService<ForgetVisitors>().Forget(default));
        own.Clock.Advance(ForgetVisitors.Kept + TimeSpan.FromHours(1));
        Assert.Equal(1, await own.Services.GetRequiredService<ForgetVisitors>().Forget(default));
        Assert.Equal(["Ann"], await account.Listed("open"));
        using var over = await stranger.Call("listen", new { follow = false });
        Assert.Equal(HttpStatusCode.NotFound, over.StatusCode);
    }
}
