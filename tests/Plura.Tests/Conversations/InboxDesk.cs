using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Conversations;
using Plura.Messaging;
using Plura.Platform;

namespace Plura.Tests.Conversations;

/// <summary>What these tests do again and again: mail that comes in, answers, and looking at the inbox.</summary>
internal static class InboxDesk
{
    private static int letters;

    public static string Inbox(this TestAccount account) => $"{account.Slug}@inbox.test";

    public static byte[] Letter(string from, string text, string subject = "A question", string? id = null, string type = "text/plain; charset=utf-8") => Encoding.UTF8.GetBytes(
        $"From: {from}\r\nTo: somebody@inbox.test\r\nSubject: {subject}\r\nMessage-ID: <{id ?? $"letter-{Interlocked.Increment(ref letters)}@people.example"}>\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n");

    public static Task<Result<MailReceipt>> TryReceive(this PluraApp app, string to, byte[] source) =>
        app.In(tenant: null, services => services.GetRequiredService<ReceiveMailHandler>().Handle(new ReceiveMail { To = to, Source = source }, CancellationToken.None));

    public static async Task<MailReceipt> Receive(this PluraApp app, TestAccount account, string from, string text, string subject = "A question")
    {
        var taken = await app.TryReceive(account.Inbox(), Letter(from, text, subject));
        Assert.Null(taken.Refusal);
        return taken.Value;
    }

    public static Task<ConversationView?> Conversation(this TestAccount account, Guid id) => account.In(s => s.GetRequiredService<ReadConversations>().One(id, default));

    public static async Task<IReadOnlyList<MessageView>> Thread(this TestAccount account, Guid id)
    {
        var page = await account.In(s => s.GetRequiredService<ReadMessages>().Of(id, null, 50, default));
        Assert.Null(page.Refusal);
        return page.Value.Items;
    }

    public static async Task<string[]> Listed(this TestAccount account, string view, Guid? me = null)
    {
        var page = await account.In(s => s.GetRequiredService<ListConversationsHandler>().Handle(new ListConversations { View = view, Me = me }, default));
        Assert.Null(page.Refusal);
        return [.. page.Value.Items.Select(c => c.Name!)];
    }

    public static async Task<Guid> Reply(this TestAccount account, Guid conversation, string text)
    {
        var sent = await account.In(s => s.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = conversation, Text = text }, default));
        Assert.Null(sent.Refusal);
        return sent.Value;
    }

    public static Task<Result> Close(this TestAccount account, Guid id) => account.In(s => s.GetRequiredService<CloseConversationHandler>().Handle(new CloseConversation(id), default));

    /// <summary>As a person who is signed in, with a sight of their own where one is given.</summary>
    public static Task<T> As<T>(this TestAccount account, Guid user, Func<IServiceProvider, Task<T>> work) => account.In(services =>
    {
        services.GetRequiredService<Actor>().Become(ActorKind.User, user, "Somebody", ["*"]);
        return work(services);
    });

    /// <summary>Eleven seconds later: what is due leaves, and the news of it arrives.</summary>
    public static async Task Leave(this TestAccount account, PluraApp own)
    {
        own.Clock.Advance(TimeSpan.FromSeconds(11));
        await account.Work();
        await own.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        await account.Work();
    }

    /// <summary>The newest letter that reached an address.</summary>
    public static async Task<MimeMessage> Mailed(this PluraApp app, string to)
    {
        var source = await app.Ask<byte[]>("select source from dev.message where recipient = $1 order by at desc, id desc limit 1", to);
        using var stream = new MemoryStream(source ?? throw new InvalidOperationException($"No letter reached {to}."));
        return await MimeMessage.LoadAsync(stream);
    }

    /// <summary>Somebody was answered, their conversation was closed, and they are asked how it was: the path of the question.</summary>
    public static async Task<string> Asked(PluraApp app, TestAccount account)
    {
        await account.In(s => s.GetRequiredService<KeepInboxHandler>().Handle(new KeepInbox { Ask = true }, default));
        var taken = await app.Receive(account, $"asked{Interlocked.Increment(ref letters)}@people.example", "Where is it?");
        await account.As(account.OwnerId, s => s.GetRequiredService<SendReplyHandler>().Handle(new SendReply { Id = taken.ConversationId, Text = "On its way." }, default));
        await account.Close(taken.ConversationId);
        await account.In(s => s.GetRequiredService<Ratings>().Ask(taken.ConversationId, default));
        var said = (await account.Thread(taken.ConversationId))[0].Text!;
        return said[said.IndexOf("/rate/", StringComparison.Ordinal)..];
    }
}
