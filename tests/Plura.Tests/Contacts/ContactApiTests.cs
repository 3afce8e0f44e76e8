using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Plura.Tests.Contacts;

public sealed class ContactApiTests(PluraApp app)
{
    private static async Task<(HttpStatusCode Status, JsonElement Body)> Read(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
        }
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Send(TestAccount account, HttpMethod method, string path, object? body = null) =>
        await Read(await account.Api.Send(method, path, body is null ? null : JsonContent.Create(body), follow: false, accept: "application/json"));

    [Fact]
    public async Task A_contact_is_created_read_changed_tagged_deleted_and_restored()
    {
        var account = await app.NewAccount();
        var created = await account.Api.PostJson("/api/v1/contacts", new
        {
            firstName = "Ann",
            lastName = "Baker",
            email = "Ann@Example.com",
            phone = "(415) 555-0123",
            tags = (string[])["VIP"],
            consents = (object[])[new { channel = "email", source = "Trade fair", wording = "Yes, send me offers.", date = "2026-11-01" }],
        });
        var id = created.GetProperty("id").GetString();
        Assert.Equal(("Ann Baker", "ann@example.com", "+14155550123"), (created.GetProperty("name").GetString(), created.GetProperty("email").GetString(), created.GetProperty("phone").GetString()));

        var consents = await account.Api.GetJson($"/api/v1/contacts/{id}/consents");
        var consent = consents.GetProperty("items")[0];
        Assert.Equal(("email", "all", "attested", "api", "attested"), (consent.GetProperty("channel").GetString(), consent.GetProperty("topic").GetString(), consent.GetProperty("act").GetString(), consent.GetProperty("how").GetString(), consent.GetProperty("proof").GetString()));

        var changed = await Send(account, HttpMethod.Patch, $"/api/v1/contacts/{id}", new { lastName = "Miller" });
        Assert.Equal("Ann Miller", changed.Body.GetProperty("name").GetString());
        var tagged = await Send(account, HttpMethod.Post, $"/api/v1/contacts/{id}/tags", new { tags = (string[])["Lead"] });
        Assert.Equal(["Lead", "VIP"], tagged.Body.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
        var untagged = await Send(account, HttpMethod.Delete, $"/api/v1/contacts/{id}/tags", new { tags = (string[])["vip"] });
        Assert.Equal(["Lead"], untagged.Body.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));

        Assert.Equal(HttpStatusCode.NoContent, (await Send(account, HttpMethod.Delete, $"/api/v1/contacts/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(account, HttpMethod.Get, $"/api/v1/contacts/{id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Send(account, HttpMethod.Post, $"/api/v1/contacts/{id}/restore")).Status);
        Assert.Equal("Ann Miller", (await account.Api.GetJson($"/api/v1/contacts/{id}")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_search_pages_by_cursor_through_a_filter()
    {
        var account = await app.NewAccount();
        for (var i = 0; i < 7; i++)
            await account.Create($"Person {i}", email: $"p{i}@example.com", tags: i < 5 ? "VIP" : "Other");
        var names = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await account.Api.PostJson("/api/v1/contacts/search", new { filter = new { field = "tag", op = "is", value = "VIP" }, sort = "name", cursor, limit = 2 });
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        Assert.Equal(["Person 0", "Person 1", "Person 2", "Person 3", "Person 4"], names);
    }

    [Fact]
    public async Task Another_accounts_contact_answers_404_to_everything()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var id = await other.Create("Ann", email: "ann@example.com");
        foreach (var (method, path, body) in (IEnumerable<(HttpMethod, string, object?)>)
        [
            (HttpMethod.Get, "", null), (HttpMethod.Patch, "", new { firstName = "X" }), (HttpMethod.Delete, "", null), (HttpMethod.Get, "/consents", null),
            (HttpMethod.Post, "/tags", new { tags = (string[])["x"] }), (HttpMethod.Delete, "/tags", new { tags = (string[])["x"] }), (HttpMethod.Post, "/restore", null),
        ])
            Assert.Equal(HttpStatusCode.NotFound, (await Send(mine, method, $"/api/v1/contacts/{id}{path}", body)).Status);
        Assert.NotNull(await other.Contact(id));
    }

    [Theory]
    [InlineData("""{"email":"nobody"}""", "contact.email")]
    [InlineData("""{}""", "contact.empty")]
    [InlineData("""{"firstName":"Ann","fields":{"nothing":"x"}}""", "contact.field")]
    [InlineData("""{"firstName":"Ann","tags":[""]}""", "tag.empty")]
    [InlineData("""{"email":"a@example.com","consents":[{"channel":"email"}]}""", "contact.consent")]
    public async Task A_refusal_has_a_stable_code_and_a_sentence(string json, string code)
    {
        var account = await app.NewAccount();
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        var (status, problem) = await Read(await account.Api.Send(HttpMethod.Post, "/api/v1/contacts", body, follow: false, accept: "application/json"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (status, problem.GetProperty("code").GetString()));
        Assert.EndsWith(".", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_duplicate_names_the_contact_that_is_there()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", email: "ann@example.com");
        var (status, problem) = await Send(account, HttpMethod.Post, "/api/v1/contacts", new { email = "ann@example.com" });
        Assert.Equal((HttpStatusCode.Conflict, id.ToString()), (status, problem.GetProperty("about").GetString()));
    }

    [Theory]
    [InlineData("""{"firstName":null,"tags":null,"consents":null,"fields":null,"email":"a@example.com"}""")]
    [InlineData("""{"firstName":"Ann","consents":[null]}""")]
    [InlineData("""{"firstName":"Ann","tags":[null]}""")]
    [InlineData("""{"firstName":"Ann","fields":{"x":null}}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"firstName":{"$ne":1}}""")]
    public async Task Odd_bodies_are_answered_and_never_crash(string json)
    {
        var account = await app.NewAccount();
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await account.Api.Send(HttpMethod.Post, "/api/v1/contacts", body, follow: false, accept: "application/json");
        Assert.InRange((int)answer.StatusCode, 200, 499);
    }
}
