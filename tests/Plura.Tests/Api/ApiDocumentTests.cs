using System.Net;

namespace Plura.Tests.Api;

public sealed class ApiDocumentTests(PluraApp app)
{
    [Fact]
    public async Task The_api_is_the_one_that_was_reviewed()
    {
        using var answer = await app.NewBrowser().Send(HttpMethod.Get, "/docs/api/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Snapshot.Matches("docs/api/v1.json", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_reference_names_every_operation()
    {
        var page = await app.NewBrowser().Get("/docs/api");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("POST /api/v1/contacts: Create contact", page.Text, StringComparison.Ordinal);
        Assert.Contains("contacts.create", page.Text, StringComparison.Ordinal);
    }
}
