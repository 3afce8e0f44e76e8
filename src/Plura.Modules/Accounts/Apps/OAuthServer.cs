using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Plura.Accounts.Data;
using Plura.Platform;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Plura.Accounts;

/// <summary>
/// OAuth 2.1 by OpenIddict: codes with PKCE (S256) and refresh tokens that are used once. Nothing else: no implicit flow, no passwords, no
/// tokens that cannot be called back. What an app holds are references; the rows behind them are in our schema.
/// </summary>
public static class OAuthServer
{
    public const string Authorize = "/oauth/authorize";
    public const string Answer = "/oauth/authorize/answer";
    public const string Token = "/oauth/token";
    public const string Revoke = "/oauth/revoke";
    public const string Metadata = "/.well-known/oauth-authorization-server";

    /// <summary>What the library answers by itself, before any endpoint of ours: a list of all addresses has to name these too.</summary>
    public static readonly IReadOnlyList<(string Method, string Path)> AnsweredByTheLibrary = [("GET", Metadata), ("POST", Revoke)];

    public static readonly TimeSpan AccessLasts = TimeSpan.FromHours(1);

    /// <summary>From its last use on: an app that is not used for so long asks anew.</summary>
    public static readonly TimeSpan RefreshLasts = TimeSpan.FromDays(90);

    public static void AddOAuthServer(this IServiceCollection services)
    {
        services.AddSingleton<OAuthKeys>();
        // It writes whole requests into its lower levels.
        services.AddLogging(logging => logging.AddFilter("OpenIddict", LogLevel.Warning));
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<PluraDb>().ReplaceDefaultEntities<OAuthApp, AppConnection, OpenIddictEntityFrameworkCoreScope<Guid>, AppToken, Guid>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris(Authorize[1..], Answer[1..]).SetTokenEndpointUris(Token[1..]).SetRevocationEndpointUris(Revoke[1..])
                    .SetConfigurationEndpointUris(Metadata[1..]).SetJsonWebKeySetEndpointUris(Array.Empty<string>());
                server.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
                server.UseReferenceAccessTokens().UseReferenceRefreshTokens();
                server.SetAccessTokenLifetime(AccessLasts).SetRefreshTokenLifetime(RefreshLasts).SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(2)).SetRefreshTokenReuseLeeway(TimeSpan.Zero);
                // Each app's own list of scopes is checked, and holds only what the roles know.
                server.DisableScopeValidation();
                server.AddEventHandler<ValidateAuthorizationRequestContext>(check => check.UseInlineHandler(Check).SetOrder(int.MaxValue - 1_000));
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableErrorPassthrough();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore();
                // Each call looks at the token's and the connection's rows: what was ended is out at once.
                validation.EnableTokenEntryValidation().EnableAuthorizationEntryValidation();
            });
        services.AddOptions<OpenIddictServerOptions>().Configure<OAuthKeys, RoleBook, IConfiguration>((server, keys, roles, configuration) =>
        {
            server.Issuer = new Uri(PublicAddress.Of(configuration) + "/");
            server.SigningCredentials.Add(new SigningCredentials(new ECDsaSecurityKey(keys.Signing()) { KeyId = "signing" }, SecurityAlgorithms.EcdsaSha256));
            server.EncryptionCredentials.Add(new EncryptingCredentials(new SymmetricSecurityKey(keys.Encryption()) { KeyId = "encryption" }, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
            server.CodeChallengeMethods.Clear();
            server.CodeChallengeMethods.Add(OpenIddictConstants.CodeChallengeMethods.Sha256);
            // The others send a page with a script, or put codes behind a '#'.
            server.ResponseModes.Clear();
            server.ResponseModes.Add(OpenIddictConstants.ResponseModes.Query);
            server.Scopes.UnionWith(roles.In(Area.Account).Select(p => p.Name));
        });
        services.AddOptions<OpenIddictServerAspNetCoreOptions>().Configure<IHostEnvironment, IConfiguration>((server, environment, configuration) =>
            // Where the public address is HTTPS, it ends in front of us and what arrives here is plain.
            server.DisableTransportSecurityRequirement = environment.IsDevelopment() || PublicAddress.Of(configuration).StartsWith("https://", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Behind the library's own checks. What it refuses is said on our page and sends nobody anywhere; a person's no is the one refusal that goes back to the app.</summary>
    private static ValueTask Check(ValidateAuthorizationRequestContext context)
    {
        if (context.Request.HasPromptValue(OpenIddictConstants.PromptValues.None))
            context.Reject(OpenIddictConstants.Errors.ConsentRequired, "A person is always asked.");
        else if (!context.Request.GetScopes().Any(s => s != OpenIddictConstants.Scopes.OfflineAccess))
            context.Reject(OpenIddictConstants.Errors.InvalidScope, "Say in 'scope' what the app needs.");
        return default;
    }
}
