using Plura.Tests.Conversations;

namespace Plura.Tests.Architecture;

internal sealed partial class LivedIn
{
    /// <summary>Ann wrote a page, and somebody answered.</summary>
    private async Task Inbox(PluraApp app)
    {
        var taken = await app.TryReceive(account.Inbox(), InboxDesk.Letter("ann@people.example", "<p>Do you open on Sunday?</p>", type: "text/html; charset=utf-8"));
        var reply = await account.Reply(taken.Value.ConversationId, "From eight to eleven.");
        await app.TryReceive("nobody-here@inbox.test", InboxDesk.Letter("ann@people.example", "Whose is it?"));
        queries["/dev/inbound"] = [$"?letter={await app.Ask<Guid>("select id from dev.message where channel = 'email' order by at limit 1")}&play=bounce"];
        Add("/conversations", "id", taken.Value.ConversationId);
        Add("/conversations", "message", taken.Value.MessageId);
        queries["/a/{account}/conversations"] = ["?view=closed", "?view=mine", "?cursor=x"];
        queries["/a/{account}/conversations/{id:guid}"] = ["?view=starred", $"?draft={reply}", "?cursor=x"];
    }
}
