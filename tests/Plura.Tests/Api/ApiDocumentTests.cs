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

    [Theory]
    [InlineData("GET", "/api/v1/nothing-here", 404, "not_found")]
    [InlineData("GET", "/api/v1/contacts/not-an-id", 404, "not_found")]
    [InlineData("PUT", "/api/v1/contacts", 404, "not_found")]
    public async Task What_is_not_there_is_answered_by_problem_details(string method, string path, int status, string code)
    {
        var account = await app.NewAccount();
        using var answer = await account.Api.Send(HttpMethod.Parse(method), path, follow: false, accept: "application/json");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"\"code\":\"{code}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_body_is_refused_in_words_of_ours()
    {
        var account = await app.NewAccount();
        using var answer = await account.Api.Send(HttpMethod.Post, "/api/v1/contacts", new StringContent("", System.Text.Encoding.UTF8, "application/json"), follow: false, accept: "application/json");
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.DoesNotContain("Service", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
