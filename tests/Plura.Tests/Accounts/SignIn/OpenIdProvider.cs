using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Plura.Tests;

/// <summary>A small OpenID provider on this machine, which lets in at once whoever the test names. It checks what Google would: client, code, PKCE.</summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    private const string Client = "plura-client";
    private const string Secret = "plura-secret";
    private readonly WebApplication web = SmallServer.New();
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "one" };
    private readonly Dictionary<string, (string Challenge, string Nonce)> codes = new(StringComparer.Ordinal);

    /// <summary>Who is signed in there.</summary>
    public (string Sub, string Name, string Email, bool Verified) Person { get; set; } = ("g-1", "Gail Green", "gail@mail.example", true);

    /// <summary>Whether the next token is signed by a key that nobody published.</summary>
    public bool Forge { get; set; }

    public bool Refuse { get; set; }

    public string[] Settings => ["--Plura:Roles=web", "--Accounts:SignIn:TriesPerMinute=100000", .. Offered];

    /// <summary>What an installation says that offers this way in.</summary>
    public string[] Offered => ["--Authentication:Google:ClientId=" + Client, "--Authentication:Google:ClientSecret=" + Secret, "--Authentication:Google:Authority=" + Address];

    private string Address => web.Urls.First();

    public static async Task<OpenIdProvider> Start()
    {
        var provider = new OpenIdProvider();
        provider.web.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = provider.Address,
            authorization_endpoint = provider.Address + "/authorize",
            token_endpoint = provider.Address + "/token",
            jwks_uri = provider.Address + "/keys",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        provider.web.MapGet("/keys", () =>
        {
            var numbers = provider.key.Rsa.ExportParameters(false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "one", alg = "RS256", n = Base64UrlEncoder.Encode(numbers.Modulus), e = Base64UrlEncoder.Encode(numbers.Exponent) } } });
        });
        provider.web.MapGet("/authorize", provider.Authorize);
        provider.web.MapPost("/token", (Delegate)provider.Token);   // as a delegate, or its answer would be thrown away
        await provider.web.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        key.Rsa.Dispose();
    }

    private IResult Authorize(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["client_id"] != Client || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
            return Results.BadRequest("Not as agreed.");
        var back = new Dictionary<string, string?>(StringComparer.Ordinal) { ["state"] = query["state"] };
        if (Refuse)
        {
            back["error"] = "access_denied";
        }
        else
        {
            back["code"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            codes[back["code"]!] = (query["code_challenge"].ToString(), query["nonce"].ToString());
        }

        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), back));
    }

    private async Task<IResult> Token(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var proof = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["client_id"] != Client || form["client_secret"] != Secret || !codes.Remove(form["code"].ToString(), out var given) || given.Challenge != proof)
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        using var stranger = RSA.Create(2048);
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = Client,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            Subject = new ClaimsIdentity([new("sub", Person.Sub), new("name", Person.Name), new("email", Person.Email), new("email_verified", Person.Verified ? "true" : "false", ClaimValueTypes.Boolean), new("nonce", given.Nonce)]),
            SigningCredentials = new SigningCredentials(Forge ? new RsaSecurityKey(stranger) { KeyId = "one" } : key, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = "none", token_type = "Bearer", expires_in = 300, id_token = token });
    }
}
