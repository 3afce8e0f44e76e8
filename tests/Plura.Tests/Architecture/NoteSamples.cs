using System.Net.Http.Json;
using Plura.Tests.Contacts;

namespace Plura.Tests.Architecture;

/// <summary>What samples of notes, tasks and files need first.</summary>
internal sealed partial class WriteSamples
{
    private async Task<(Guid Contact, Guid Note)> NoteOn()
    {
        var contact = await Ann();
        return (contact, (await account.Api.PostJson($"/api/v1/contacts/{contact}/notes", new { text = $"Note {++number}" })).GetProperty("id").GetGuid());
    }

    private async Task<Guid> Note(bool deleted = false)
    {
        var (_, id) = await NoteOn();
        if (deleted)
            (await Api("DELETE", $"notes/{id}")).Dispose();
        return id;
    }

    private async Task<Guid> ATask(string? then = null)
    {
        var id = (await account.Api.PostJson("/api/v1/tasks", new { title = $"Task {++number}", assignee = account.OwnerId })).GetProperty("id").GetGuid();
        if (then is not null)
            (await (then == "delete" ? Api("DELETE", $"tasks/{id}") : Api("POST", $"tasks/{id}/{then}"))).Dispose();
        return id;
    }

    private async Task<Guid> File(bool removed = false)
    {
        using var answer = await AttachmentTests.Post(account, await Ann(), "scan.pdf", [1, 2, 3]);
        var id = (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetGuid();
        if (removed)
            (await Api("DELETE", $"files/{id}")).Dispose();
        return id;
    }

    /// <summary>One of the small forms that stand in a sentence ("Undo"), posted with the page's token.</summary>
    private async Task Post(string path)
    {
        var page = await account.Browser.Get(account.Page("tasks"));
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", page.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!)]);
        using var answer = await account.Browser.Send(HttpMethod.Post, account.Page(path), form, follow: false);
        Assert.True((int)answer.StatusCode is >= 300 and < 400, $"{path}: {(int)answer.StatusCode}");
    }
}
