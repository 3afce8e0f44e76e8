using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Privacy;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Conversations;

public sealed class ChatIdentityTests(PluraApp app)
{
    [Fact]
    public async Task Who_says_who_they_are_becomes_a_contact_and_the_words_move_under_their_key()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Do you deliver?");
        var id = await visitor.Conversation();
        var session = await account.Ask<Guid>("select id from conversations.chat_session");
        var before = (await account.Ask<byte[]>("select sealed from conversations.message"))!;
        await visitor.IsCalled("Ann Miller", "ann@people.example");
        Assert.Equal(id, await visitor.Conversation());
        var conversation = (await account.Conversation(id))!;
        Assert.Equal(("Ann Miller", false), (conversation.Name, conversation.Visitor));
        Assert.Equal(conversation.Contact, await account.Ask<Guid>("select distinct subject_id from conversations.message"));
        var thread = await account.Thread(id);
        Assert.Equal(("note", "in"), (thread[0].Direction, thread[1].Direction));
        Assert.Contains("Ann Miller, ann@people.example. Nobody has checked it", thread[0].Text, StringComparison.Ordinal);
        // What stands above the thread is renewed with it: the name, and the way to the contact.
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{id}"));
        Assert.Contains($"contacts/{conversation.Contact}", page.Find("[data-live^='conversation-head:']").InnerHtml, StringComparison.Ordinal);
        Assert.Equal("The inbox", page.Find(".message.note b").TextContent);
        Assert.Equal("Do you deliver?", thread[1].Text);
        Assert.Equal([("you", "Do you deliver?")], await visitor.Sees());
        // The key that it stood under before is gone.
        Assert.Empty(await account.In(s => s.GetRequiredService<ISubjectTexts>().Open([new SealedText(session, thread[1].Id, before)], default)));
        await visitor.Says("On Sunday?");
        Assert.Equal("On Sunday?", (await account.Conversation(id))!.Preview);
    }

    [Fact]
    public async Task Who_claims_to_be_somebody_sees_nothing_of_them_and_their_words_stand_in_that_thread()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var mailed = await own.Receive(account, "Ann Miller <ann@people.example>", "My secret is seven", "Secret");
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Tell me my secret");
        var begun = await visitor.Conversation();
        await visitor.IsCalled("Mallory", "ann@people.example");
        Assert.Equal(mailed.ConversationId, await visitor.Conversation());
        Assert.Equal([("you", "Tell me my secret")], await visitor.Sees());
        Assert.Equal(["note", "in", "in"], (await account.Thread(mailed.ConversationId)).Select(m => m.Direction));
        // A stranger's name is no reason to call Ann otherwise, and there is one thread with her.
        Assert.Equal(["Ann Miller"], await account.Listed("open"));
        // A link to what it was before leads on.
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{begun}"));
        Assert.EndsWith(mailed.ConversationId.ToString(), account.Browser.Url.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Tell me my secret", page.Text, StringComparison.Ordinal);
        // What is written to Ann by mail stays out of the stranger's sight.
        await own.Receive(account, "ann@people.example", "It is me", "Secret");
        await account.Reply(mailed.ConversationId, "Seven, as you know.");
        await account.Leave(own);
        Assert.Equal([("you", "Tell me my secret")], await visitor.Sees());
    }

    [Fact]
    public async Task Said_once_it_stays()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Hello");
        await visitor.IsCalled("Ann", "ann@people.example");
        await visitor.IsCalled("Ben", "ben@people.example");
        Assert.Equal(["Ann"], await account.Listed("open"));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.contact"));
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_beside_its_field_and_nothing_is_made()
    {
        var account = await app.NewAccount();
        var visitor = await ChatVisitor.Come(app, account);
        await visitor.Begin();
        using (var early = await visitor.Call("me", new { name = "Ann", email = "ann@people.example" }))
            Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        await visitor.Says("Hello");
        foreach (var wrong in (string[])["", "ann", "ann@", "a b@people.example"])
        {
            using var refused = await visitor.Call("me", new { name = "Ann", email = wrong });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.contact"));
    }

    [Fact]
    public async Task Erasing_the_contact_makes_the_chat_unreadable_for_everybody()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("My tooth hurts");
        await visitor.IsCalled("Ann", "ann@people.example");
        await visitor.Says("Very much");
        var id = await visitor.Conversation();
        await account.Reply(id, "Come at nine");
        await visitor.Deliver();
        Assert.Equal(3, (await visitor.Sees()).Count);
        await own.Services.GetRequiredService<SubjectKeys>().Shred(account.Id, (await account.Conversation(id))!.Contact, default);
        Assert.All(await account.Thread(id), m => Assert.Equal((true, null), (m.Erased, m.Text)));
        Assert.Empty(await visitor.Sees());
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{id}"));
        Assert.DoesNotContain("tooth", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_contact_was_deleted_begins_anew()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var visitor = await ChatVisitor.Come(own, account);
        await visitor.Says("Hello");
        await visitor.IsCalled("Ann", "ann@people.example");
        (await account.Api.Delete($"/api/v1/contacts/{(await account.Conversation(await visitor.Conversation()))!.Contact}")).Dispose();
        await account.Work();
        using (var over = await visitor.Call("messages", new { id = "after-the-end", text = "Are you there?" }))
            Assert.Equal(HttpStatusCode.NotFound, over.StatusCode);
        visitor.Token = null;
        await visitor.Says("Hello again");
        Assert.Equal(["Visitor of www.bakery.example"], await account.Listed("open"));
    }
}
