using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Plura.Accounts;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>
/// Signing in with Google: OpenID Connect's code flow with PKCE. We ask for name and address only, keep none of Google's tokens, and take
/// what it says as an introduction; who that is here, Accounts decides.
/// </summary>
internal static class GoogleDoor
{
    private const string Scheme = "google";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[$"{GoogleOptions.Section}:ClientId"] is not { Length: > 0 })
        {
            services.AddSingleton(new Provider(Scheme, "Signing in with Google", null, "People sign in by password, passkey and code; Authentication__Google__ClientId turns it on."));
            return;
        }

        services.AddSingleton(new Provider(Scheme, "Signing in with Google", "Google", "A second way in for those who connected it.", ("provider", configuration[$"{GoogleOptions.Section}:Authority"] ?? "https://accounts.google.com")));
        services.AddOptions<GoogleOptions>().BindConfiguration(GoogleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new OtherDoor(Scheme, "Google", "brand-google"));
        services.AddAuthentication().AddOpenIdConnect(Scheme, "Google", _ => { });
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<GoogleOptions>, CookieRules, ProviderPulses>((oidc, google, cookies, pulses) =>
        {
            oidc.Authority = google.Value.Authority;
            oidc.ClientId = google.Value.ClientId;
            oidc.ClientSecret = google.Value.ClientSecret;
            // A provider on this machine (a test's, a developer's) needs no certificate; any other does.
            oidc.RequireHttpsMetadata = !new Uri(google.Value.Authority).IsLoopback;
            oidc.ResponseType = OpenIdConnectResponseType.Code;
            // As a link and not as a form, so that our cookies need not be sent along by other sites.
            oidc.ResponseMode = OpenIdConnectResponseMode.Query;
            oidc.UsePkce = true;
            oidc.CallbackPath = "/sign-in/google/callback";
            oidc.SignInScheme = IdentityConstants.ExternalScheme;
            oidc.MapInboundClaims = false;
            oidc.SaveTokens = false;
            oidc.Scope.Clear();
            foreach (var scope in (string[])["openid", "email", "profile"])
                oidc.Scope.Add(scope);
            cookies.Apply(oidc.CorrelationCookie, "google.");
            cookies.Apply(oidc.NonceCookie, "google_nonce.");
            oidc.Events.OnRedirectToIdentityProvider = journey =>
            {
                journey.ProtocolMessage.Prompt = "select_account";
                return Task.CompletedTask;
            };
            oidc.Events.OnTokenValidated = _ =>
            {
                pulses.Worked(Scheme);
                return Task.CompletedTask;
            };
            oidc.Events.OnRemoteFailure = journey =>
            {
                // People who turn back at Google's door are no failure of it.
                if (journey.Failure is not Microsoft.AspNetCore.Authentication.AuthenticationFailureException { Message: "access_denied" })
                    pulses.Failed(Scheme, journey.Failure?.GetType().Name ?? "no reason given");
                journey.HandleResponse();
                journey.Response.Redirect("/sign-in?said=failed");
                return Task.CompletedTask;
            };
        });
    }
}
