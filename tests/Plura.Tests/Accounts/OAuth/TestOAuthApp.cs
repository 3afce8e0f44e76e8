using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Platform;

namespace Plura.Tests;

/// <summary>Somebody's program that speaks OAuth: it sends people to us with PKCE, takes the code that comes back, and fetches tokens.</summary>
internal sealed class TestOAuthApp(PluraApp app, Guid id, string clientId, string? secret)
{
    public const string Return = "https://app.example.com/callback?from=plura";
    private static readonly HttpMessageInvoker Wire = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public Guid Id => id;

    public string ClientId => clientId;

    public string? Secret { get; set; } = secret;

    public string Verifier { get; } = Base64Url(RandomNumberGenerator.GetBytes(32));

    /// <summary>The agency that looks after the account makes it.</summary>
    public static async Task<TestOAuthApp> Of(PluraApp app, TestAccount account, string[]? scopes = null, string kind = "server", string returns = Return)
    {
        var agency = await app.Ask<Guid>("select agency_id from accounts.account where id = $1", account.Id);
        return await app.In(null, async services =>
        {
            services.GetRequiredService<CurrentAgency>().Enter(agency);
            var made = await services.GetRequiredService<KeepAppHandler>().Handle(new KeepApp { Name = "Till Roll", Returns = returns, Scopes = scopes ?? ["contacts.read", "contacts.create", "campaigns.read"], Kind = kind }, default);
            Assert.True(made.Ok, made.Refusal?.Text);
            var name = await app.Ask<string>("select client_id from accounts.oauth_app where id = $1", made.Value.Id);
            return new TestOAuthApp(app, made.Value.Id, name!, made.Value.Secret);
        });
    }

    /// <summary>The account's owner has let it in before.</summary>
    public Task<Guid> Let(TestAccount account) => account.In(async services =>
    {
        services.GetRequiredService<Actor>().Become(ActorKind.User, account.OwnerId, "Olivia Owner", ["*"]);
        return (await services.GetRequiredService<ConnectAppHandler>().Handle(new ConnectApp { ClientId = clientId, Scopes = ["contacts.read"] }, default)).Value;
    });

    /// <summary>The address to which it sends people; null leaves a parameter out.</summary>
    public string Asks(string scope = "contacts.read", params (string Name, string? Value)[] other)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = clientId,
            ["redirect_uri"] = Return,
            ["scope"] = scope,
            ["state"] = "st&te",
            ["code_challenge"] = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in other)
            query[name] = value;
        return "/oauth/authorize?" + string.Join('&', query.Where(q => q.Value is not null).Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value!)}"));
    }

    /// <summary>The person answers the page; what comes back to the app's address.</summary>
    public static async Task<Back> Answer(Browser person, WebPage page, string answer = "allow", Guid? account = null)
    {
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.Find("form[action='/oauth/authorize/answer']");
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["answer"] = answer };
        if (account is { } chosen)
            fields["account"] = chosen.ToString();
        using var content = new FilledForm(form, fields, null).Content();
        using var reply = await person.Send(HttpMethod.Post, "/oauth/authorize/answer", content, follow: false);
        return Back.Of(reply);
    }

    /// <summary>The person lets it in; answers the code.</summary>
    public async Task<string> Code(Browser person, string scope = "contacts.read", Guid? account = null)
    {
        var back = await Answer(person, await person.Get(Asks(scope)), account: account);
        return back.Query["code"] ?? throw new InvalidOperationException($"No code: {back}");
    }

    public Task<Reply> Redeem(string code, params (string Name, string? Value)[] other) =>
        Post("/oauth/token", [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Return), ("code_verifier", Verifier), .. other]);

    public Task<Reply> Refresh(string token, params (string Name, string? Value)[] other) => Post("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", token), .. other]);

    public async Task<Reply> Connect(Browser person, string scope = "contacts.read", Guid? account = null) => await Redeem(await Code(person, scope, account));

    public async Task<Reply> Post(string path, params (string Name, string? Value)[] fields)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal) { ["client_id"] = clientId, ["client_secret"] = Secret };
        foreach (var (name, value) in fields)
            all[name] = value;
        using var content = new FormUrlEncodedContent(all.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Key, f.Value!)));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, path)) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await Wire.SendAsync(request, default);
        var text = await answer.Content.ReadAsStringAsync();
        return new Reply(answer.StatusCode, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default, text);
    }

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

/// <summary>What the token endpoint said.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonElement Body, string Text)
{
    public string Access => Of("access_token") ?? throw new InvalidOperationException($"No token: {(int)Status} {Text}");

    public string Refresh => Of("refresh_token") ?? throw new InvalidOperationException($"No refresh token: {(int)Status} {Text}");

    public string? Error => Of("error");

    public string? Scope => Of("scope");

    private string? Of(string name) => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>Where the person's browser was sent.</summary>
internal sealed record Back(HttpStatusCode Status, string Location)
{
    public static Back Of(HttpResponseMessage answer) => new(answer.StatusCode, answer.Headers.Location?.OriginalString ?? "");

    /// <summary>No code, and the reason: told to the app, or on our own page where the app's address is not known to be right yet.</summary>
    public bool Refused => Query["code"] is null && (Query["error"] is not null || (Status == HttpStatusCode.BadRequest && Location.Length == 0));

    public System.Collections.Specialized.NameValueCollection Query => HttpUtility.ParseQueryString(Location.Contains('?', StringComparison.Ordinal) ? Location[Location.IndexOf('?', StringComparison.Ordinal)..] : "");
}
