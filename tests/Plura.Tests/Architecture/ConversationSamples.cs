using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Tests.Contacts;
using Plura.Tests.Conversations;

namespace Plura.Tests.Architecture;

/// <summary>Samples of what is changed in the inbox.</summary>
internal sealed partial class WriteSamples
{
    private Dictionary<string, Func<Task<Func<Task>>>> OfConversations => new(StringComparer.Ordinal)
    {
        ["POST /api/v1/conversations/{id:guid}/messages"] = async () => Do(await Written(), id => Api("POST", $"conversations/{id}/messages", new { kind = "note", text = "Ask Kim" })),
        ["POST /api/v1/conversations"] = async () => Do(await Writable(), contact => Api("POST", "conversations", new { contact, channel = "email", subject = "Your table", text = "It is ready." })),
        ["NewMessagePage new-message"] = async () => await Form($"conversations/new?contact={await Writable()}", "[name='Command.Subject']", new { Subject = "Your table", Text = "It is ready." }),
        ["POST /api/v1/conversations/{id:guid}/close"] = async () => Do(await Written(), id => Api("POST", $"conversations/{id}/close", new { })),
        ["POST /api/v1/conversations/{id:guid}/reopen"] = async () => Do(await Written(closed: true), id => Api("POST", $"conversations/{id}/reopen", new { })),
        ["POST /api/v1/conversations/{id:guid}/assign"] = async () => Do(await Written(), id => Api("POST", $"conversations/{id}/assign", new { assignee = account.OwnerId })),
        ["POST /a/{account}/conversations/{id:guid}/close"] = () => Press("close", new { }),
        ["POST /a/{account}/conversations/{id:guid}/reopen"] = () => Press("reopen", new { }, closed: true),
        ["POST /a/{account}/conversations/{id:guid}/snooze"] = () => Press("snooze", new { until = "later" }),
        ["POST /a/{account}/conversations/{id:guid}/star"] = () => Press("star", new { starred = "true" }),
        ["POST /a/{account}/conversations/{id:guid}/mark"] = () => Press("mark", new { unread = "false" }),
        ["POST /a/{account}/conversations/{id:guid}/assign"] = () => Press("assign", new { assignee = account.OwnerId.ToString() }),
        ["POST /a/{account}/conversations/{id:guid}/claim"] = () => Press("claim", new { }),
        ["POST /a/{account}/conversations/{id:guid}/messages/{message:guid}/take-back"] = async () =>
        {
            var id = await Written();
            await account.Reply(id, "Too early");
            return await Form($"conversations/{id}", "form[action$='/take-back']", new { });
        },
        ["POST /a/{account}/conversations/{id:guid}/messages/{message:guid}/split"] = async () => await Form($"conversations/{await Twice()}", "form[action$='/split']", new { }),
        ["POST /a/{account}/conversations/{id:guid}/merge/{other:guid}"] = async () => await Form($"conversations/{(await Parted()).Open}", "form[action*='/merge/']", new { }),
        ["POST /a/{account}/conversations/{id:guid}/part/{merge:guid}"] = async () => { var (open, merge) = await MadeOne(); return () => Post($"conversations/{open}/part/{merge}"); },
        ["POST /api/v1/conversations/{id:guid}/split"] = async () => { var id = await Twice(); var message = await Newest(id); return () => Api("POST", $"conversations/{id}/split", new { message }); },
        ["POST /api/v1/conversations/{id:guid}/merge"] = async () => { var (open, earlier) = await Parted(); return () => Api("POST", $"conversations/{open}/merge", new { other = earlier }); },
        ["POST /api/v1/conversation-merges/{merge:guid}/undo"] = async () => Do((await MadeOne()).Merge, id => Api("POST", $"conversation-merges/{id}/undo", new { })),
        ["POST /api/v1/inbox-views"] = () => Now(() => Api("POST", "inbox-views", new { name = $"View {++number}", shared = true })),
        ["PUT /api/v1/inbox-views/{id:guid}"] = async () => Do(await View(), id => Api("PUT", $"inbox-views/{id}", new { name = $"View {++number}", starred = true })),
        ["DELETE /api/v1/inbox-views/{id:guid}"] = async () => Do(await View(), id => Api("DELETE", $"inbox-views/{id}")),
        ["POST /a/{account}/conversations/views/{id:guid}/restore"] = async () => Do(await View(deleted: true), id => Post($"conversations/views/{id}/restore")),
        ["ViewsPage view"] = () => Form("conversations/views?edit=new", "[name='Command.Name']", new { Name = $"View {++number}" }),
        ["ViewsPage delete-view"] = async () => await Form($"conversations/views?edit={await View()}", "[name=_handler][value=delete-view]", new { }),
        ["POST /api/v1/snippets"] = () => Now(() => Api("POST", "snippets", new { name = $"Hours {++number}", text = "From eight." })),
        ["PUT /api/v1/snippets/{id:guid}"] = async () => Do(await Snippet(), id => Api("PUT", $"snippets/{id}", new { name = $"Hours {++number}", text = "From nine." })),
        ["DELETE /api/v1/snippets/{id:guid}"] = async () => Do(await Snippet(), id => Api("DELETE", $"snippets/{id}")),
        ["POST /a/{account}/settings/snippets/{id:guid}/restore"] = async () => Do(await Snippet(deleted: true), id => Post($"settings/snippets/{id}/restore")),
        ["POST /a/{account}/conversations/{id:guid}/snippets/{snippet:guid}"] = async () =>
        {
            var kept = await Snippet(text: "");
            return await Form($"conversations/{await Written()}", $"form[action$='/snippets/{kept}']", new { });
        },
        ["PUT /api/v1/inbox"] = () => Now(() => Api("PUT", "inbox", new { give = "turns" })),
        ["InboxPage inbox"] = () => Form("settings/inbox", "[name='Command.Ask']", new { Give = "least" }),
        ["SnippetsPage snippet"] = () => Form("settings/snippets?snippet=new", "[name='Command.Name']", new { Name = $"Thanks {++number}", Text = "Thank you." }),
        ["SnippetsPage delete-snippet"] = async () => await Form($"settings/snippets?snippet={await Snippet()}", "[name=_handler][value=delete-snippet]", new { }),
        ["ChatPage chat"] = () => Form("settings/chat", "[name='Command.Greeting']", new { Greeting = $"Good day, {++number}", On = "true" }),
        ["ShowConversationPage answer"] = async () => await Form($"conversations/{await Written()}", "[name='Command.Text']", new { Text = "Good morning", Do = "reply" }),
    };

    private async Task<Func<Task>> Press(string act, object fields, bool closed = false)
    {
        var id = await Written(closed);
        return await Form($"conversations/{id}", $"form[action$='{id}/{act}']", fields);
    }

    private async Task<Guid> View(bool deleted = false)
    {
        var kept = await account.In(services => services.GetRequiredService<KeepViewHandler>().Handle(new KeepView { Name = $"View {++number}", Shared = true }, default));
        if (deleted)
            await account.In(services => services.GetRequiredService<DeleteViewHandler>().Handle(new DeleteView(kept.Value), default));
        return kept.Value;
    }

    /// <summary>A contact to whom nothing was written yet.</summary>
    private Task<Guid> Writable() => account.Create("Ann", email: $"writable{++number}@people.example");

    /// <summary>A conversation in which somebody wrote twice.</summary>
    private async Task<Guid> Twice()
    {
        var from = $"writer{++number}@people.example";
        await app.Receive(account, from, "Hello");
        return (await app.Receive(account, from, "Something else")).ConversationId;
    }

    private Task<Guid> Newest(Guid conversation) => account.Ask<Guid>("select last_message_id from conversations.conversation where id = $1", conversation);

    private async Task<(Guid Open, Guid Earlier)> Parted()
    {
        var open = await Twice();
        var message = await Newest(open);
        return (open, (await account.In(services => services.GetRequiredService<SplitConversationHandler>().Handle(new SplitConversation(open, message), default))).Value);
    }

    private async Task<(Guid Open, Guid Merge)> MadeOne()
    {
        var (open, earlier) = await Parted();
        return (open, (await account.In(services => services.GetRequiredService<MergeConversationHandler>().Handle(new MergeConversation(open, earlier), default))).Value);
    }

    private async Task<Guid> Snippet(string text = "From eight.", bool deleted = false)
    {
        var kept = await account.In(services => services.GetRequiredService<KeepSnippetHandler>().Handle(new KeepSnippet { Name = $"Snippet {++number}", Text = text, Tags = text.Length == 0 ? "Later" : null }, default));
        if (deleted)
            await account.In(services => services.GetRequiredService<DeleteSnippetHandler>().Handle(new DeleteSnippet(kept.Value), default));
        return kept.Value;
    }

    private async Task<Guid> Written(bool closed = false)
    {
        var taken = await app.Receive(account, $"writer{++number}@people.example", "Hello");
        if (closed)
            await account.In(services => services.GetRequiredService<CloseConversationHandler>().Handle(new CloseConversation(taken.ConversationId), default));
        return taken.ConversationId;
    }
}
