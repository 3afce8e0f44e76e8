using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Plura.Tests.Api;

/// <summary>An Idempotency-Key is its caller's own, belongs to the API, and to one request word for word.</summary>
public sealed class IdempotencyTests(PluraApp app)
{
    private static readonly HttpMessageInvoker Wire = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    [Fact]
    public async Task The_same_call_again_gets_the_same_answer_and_does_nothing()
    {
        var account = await app.NewAccount();
        var (first, again) = (await Create(account.Api.Token!, "one", "Ann"), await Create(account.Api.Token!, "one", "Ann"));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, first.Text), (first.Status, again.Status, again.Text));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.contact"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Create(account.Api.Token!, "one", "Ben")).Status);
    }

    [Fact]
    public async Task Another_token_with_the_same_key_makes_a_call_of_its_own()
    {
        var account = await app.NewAccount();
        var (_, other) = await account.Token(app, "contacts.create", account.OwnerId);
        var mine = await Create(account.Api.Token!, "one", "Ann");
        var theirs = await Create(other.Token!, "one", "Ann");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (mine.Status, theirs.Status));
        Assert.NotEqual(mine.Text, theirs.Text);
        Assert.False(theirs.Replayed);
        Assert.Equal(2L, await account.Ask<long>("select count(*) from contacts.contact"));
    }

    [Fact]
    public async Task What_is_long_is_told_apart_by_its_words_and_not_by_its_length()
    {
        var account = await app.NewAccount();
        await Send(account.Api.Token!, "long", Long('a'));
        Assert.True((await Send(account.Api.Token!, "long", Long('a'))).Replayed);
        Assert.Contains("idempotency.reused", (await Send(account.Api.Token!, "long", Long('b'))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_is_the_same_by_its_fields_and_its_file()
    {
        var account = await app.NewAccount();
        const string imports = "/api/v1/imports";
        var first = await Send(account.Api.Token!, "file", Upload("ann@example.com"), imports);
        var again = await Send(account.Api.Token!, "file", Upload("ann@example.com"), imports);
        Assert.Equal((true, first.Status, first.Text), (again.Replayed, again.Status, again.Text));
        Assert.Contains("idempotency.reused", (await Send(account.Api.Token!, "file", Upload("ben@example.com"), imports)).Text, StringComparison.Ordinal);
        Assert.Contains("idempotency.reused", (await Send(account.Api.Token!, "file", Upload("ann@example.com", "false"), imports)).Text, StringComparison.Ordinal);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.import"));
    }

    [Fact]
    public async Task A_page_knows_no_such_key_and_keeps_nothing()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var token = (await browser.Get(account.Page("contacts"))).Find("[name=__RequestVerificationToken]").GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, account.Page("contacts/export"))) { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]) };
        request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(c => $"{c.Key}={c.Value}")));
        request.Headers.Add("Idempotency-Key", "page");
        using var answer = await Wire.SendAsync(request, default);
        await answer.Content.ReadAsStringAsync();
        Assert.Equal(0L, await account.Ask<long>("select count(*) from platform.idempotent_reply"));
    }

    private static StringContent Long(char letter) => new($"{{\"firstName\":\"{new string(letter, 2 << 20)}\"}}", Encoding.UTF8, "application/json");

    private static MultipartFormDataContent Upload(string email, string dryRun = "true") => new()
    {
        { new ByteArrayContent(Encoding.UTF8.GetBytes($"E-Mail,First\n{email},Ann\n")), "file", "people.csv" },
        { new StringContent(dryRun), "dryRun" },
    };

    private Task<(HttpStatusCode Status, string Text, bool Replayed)> Create(string token, string key, string name) => Send(token, key, JsonContent.Create(new { firstName = name }));

    private async Task<(HttpStatusCode Status, string Text, bool Replayed)> Send(string token, string key, HttpContent body, string path = "/api/v1/contacts")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, path)) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await Wire.SendAsync(request, default);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Contains("Idempotency-Replayed"));
    }
}
