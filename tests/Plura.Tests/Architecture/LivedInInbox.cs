using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Tests.Conversations;
using Plura.Tests.Messaging;

namespace Plura.Tests.Architecture;

internal sealed partial class LivedIn
{
    /// <summary>Ann wrote a page, and somebody answered; a visitor of the website chats.</summary>
    private async Task Inbox(PluraApp app)
    {
        var taken = await app.TryReceive(account.Inbox(), InboxDesk.Letter("ann@people.example", "<p>Do you open on Sunday?</p>", type: "text/html; charset=utf-8"));
        var reply = await account.Reply(taken.Value.ConversationId, "From eight to eleven.");
        await app.TryReceive("nobody-here@inbox.test", InboxDesk.Letter("ann@people.example", "Whose is it?"));
        queries["/dev/inbound"] = [$"?letter={await app.Ask<Guid>("select id from dev.message where channel = 'email' order by at limit 1")}&play=bounce"];
        var visitor = await ChatVisitor.Come(app, account);
        await visitor.Says("Do you deliver?");
        Add("/chat", "key", visitor.Key);
        var snippet = (await account.In(services => services.GetRequiredService<KeepSnippetHandler>().Handle(new KeepSnippet { Name = "Opening hours", Text = "We open at eight, {{ contact.first_name }}.", Then = "close" }, default))).Value;
        Add("/snippets", "id", snippet);
        Add("/settings/snippets", "id", snippet);
        Add("/conversations", "snippet", snippet);
        await account.In(services => services.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = taken.Value.ConversationId, Text = "Our prices", Files = [new GivenFile("prices.txt", [.. "Bread 4.20"u8])] }, default));
        Add("/conversations", "file", await account.Ask<Guid>("select id from conversations.message_file limit 1"));
        var first = await app.TryReceive(account.Inbox(), InboxDesk.Letter("bea@people.example", "A cake, please"));
        var second = await app.TryReceive(account.Inbox(), InboxDesk.Letter("bea@people.example", "Do you hire?"));
        var earlier = (await account.In(services => services.GetRequiredService<SplitConversationHandler>().Handle(new SplitConversation(first.Value.ConversationId, second.Value.MessageId), default))).Value;
        var merge = (await account.In(services => services.GetRequiredService<MergeConversationHandler>().Handle(new MergeConversation(first.Value.ConversationId, earlier), default))).Value;
        Add("/conversations", "other", earlier);
        Add("/conversations", "merge", merge);
        Add("/conversation-merges", "merge", merge);
        Add("/m/", "token", await Texted(app, account));
        var domain = (await account.In(services => services.GetRequiredService<Plura.Messaging.AddSendingDomainHandler>().Handle(new Plura.Messaging.AddSendingDomain { Name = "bakery.example" }, default))).Value;
        Add("/sending-domains", "id", domain);
        Add("/settings/sending-domains", "id", domain);
        var view = (await account.In(services => services.GetRequiredService<KeepViewHandler>().Handle(new KeepView { Name = "Texts", Channel = "sms", Shared = true }, default))).Value;
        Add("/inbox-views", "id", view);
        Add("/conversations/views", "id", view);
        queries["/a/{account}/conversations/views"] = ["?edit=new", $"?edit={view}"];
        queries["/a/{account}/settings/snippets"] = ["?snippet=new", $"?snippet={snippet}"];
        Add("/rate", "Token", (await InboxDesk.Asked(app, account)).Split('/')[^1]);
        Add("/conversations", "id", taken.Value.ConversationId);
        Add("/conversations", "message", taken.Value.MessageId);
        queries["/a/{account}/conversations"] = ["?view=closed", "?view=mine", "?cursor=x", $"?view={view}"];
        queries["/a/{account}/conversations/new"] = [$"?contact={(await account.Conversation(taken.Value.ConversationId))!.Contact}"];
        queries["/a/{account}/conversations/{id:guid}"] = ["?view=starred", $"?draft={reply}", "?cursor=x", $"?with={snippet}"];
    }

    /// <summary>A picture that goes along with a text: the address from which its carrier fetches it.</summary>
    private static async Task<string> Texted(PluraApp app, TestAccount account)
    {
        var phone = $"+1212555{account.Id.ToByteArray()[15] % 100 + 1000}";
        await account.Writes(await account.Reader(phone, name: "Pam"));
        await app.Pump();
        await app.Phones(phone, "What does it look like?");
        await account.Work();
        var id = await account.Ask<Guid>("select id from conversations.conversation where channel = 'sms'");
        await account.In(services => services.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = id, Text = "Like this", Files = [new GivenFile("cake.jpg", [0xFF, 0xD8, 0xFF, 1])] }, default));
        await account.Leave(app);
        return (await app.Got(phone))[^1].Split('/')[^1];
    }
}
