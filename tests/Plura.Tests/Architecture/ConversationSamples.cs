using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Tests.Conversations;

namespace Plura.Tests.Architecture;

/// <summary>Samples of what is changed in the inbox.</summary>
internal sealed partial class WriteSamples
{
    private Dictionary<string, Func<Task<Func<Task>>>> OfConversations => new(StringComparer.Ordinal)
    {
        ["POST /api/v1/conversations/{id:guid}/messages"] = async () => Do(await Written(), id => Api("POST", $"conversations/{id}/messages", new { kind = "note", text = "Ask Kim" })),
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
        ["ShowConversationPage answer"] = async () => await Form($"conversations/{await Written()}", "[name='Command.Text']", new { Text = "Good morning", Do = "reply" }),
    };

    private async Task<Func<Task>> Press(string act, object fields, bool closed = false)
    {
        var id = await Written(closed);
        return await Form($"conversations/{id}", $"form[action$='{id}/{act}']", fields);
    }

    private async Task<Guid> Written(bool closed = false)
    {
        var taken = await app.Receive(account, $"writer{++number}@people.example", "Hello");
        if (closed)
            await account.In(services => services.GetRequiredService<CloseConversationHandler>().Handle(new CloseConversation(taken.ConversationId), default));
        return taken.ConversationId;
    }
}
