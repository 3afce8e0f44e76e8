using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// ASP.NET Core Identity with the numbers of ASVS 5, OWASP and NIST 800-63B-4 instead of its defaults: 220,000 rounds of
/// PBKDF2-HMAC-SHA512, 15 characters where the password stands alone, no composition rules, sessions of 30 idle minutes and 12 hours.
/// </summary>
internal static class Identity
{
    public static void AddPluraIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDataProtection().SetApplicationName("PluraOS");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>().Configure<DataFolder, Microsoft.Extensions.Logging.ILoggerFactory>((keys, folder, logs) =>
            keys.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(new DirectoryInfo(Path.Combine(folder.Keys, "cookies")), logs));
        services.AddOptions<PasswordHasherOptions>().Configure<Microsoft.Extensions.Hosting.IHostEnvironment>((hasher, environment) =>
        {
            var rounds = configuration.GetValue("Accounts:SignIn:PasswordRounds", SignInOptions.LeastRounds);
            hasher.IterationCount = Microsoft.Extensions.Hosting.HostEnvironmentEnvExtensions.IsDevelopment(environment) ? rounds : Math.Max(rounds, SignInOptions.LeastRounds);
        });
        services.AddIdentityCore<User>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.SignIn.RequireConfirmedEmail = true;
            identity.Password.RequiredLength = 15;
            identity.Password.RequiredUniqueChars = 5;
            identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;   // the first that knows passkeys
        })
            .AddUserStore<Microsoft.AspNetCore.Identity.EntityFrameworkCore.UserOnlyStore<User, PluraDb, Guid, UserClaim, UserLogin, UserToken, UserPasskey>>()
            .AddSignInManager<Entrance>()
            .AddDefaultTokenProviders();

        services.TryAddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddSingleton<ITicketStore, SessionStore>();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<ITicketStore, CookieRules>((cookie, store, rules) =>
        {
            cookie.SessionStore = store;
            rules.Apply(cookie.Cookie, CookieRules.Session);
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(30);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/sign-in";
            cookie.ReturnUrlParameter = "return";
        });
        foreach (var (scheme, name, lasts) in ((string, string, TimeSpan)[])[(IdentityConstants.TwoFactorUserIdScheme, "halfway", HalfWay.Lasts), (IdentityConstants.ExternalScheme, "introduced", TimeSpan.FromMinutes(15))])
        {
            services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<CookieRules>((cookie, rules) =>
            {
                rules.Apply(cookie.Cookie, name);
                cookie.ExpireTimeSpan = lasts;
                cookie.SlidingExpiration = false;
            });
        }

        // A passkey belongs to a host name. Where the installation says its public one, no request can claim another.
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = Uri.TryCreate(configuration["Plura:PublicUrl"], UriKind.Absolute, out var home) ? home.Host : null;
            // Our sign-in asks for no name, so the device itself must know whose passkey it is; and it opens by itself, so the device must have seen its person.
            passkeys.ResidentKeyRequirement = passkeys.UserVerificationRequirement = "required";
        });
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromMinutes(5));
    }
}

public sealed class SignInOptions
{
    public const string Section = "Accounts:SignIn";
    public const int LeastRounds = 220_000;

    /// <summary>Rounds of PBKDF2-HMAC-SHA512. Outside development never fewer than 220,000, whatever is set.</summary>
    public int PasswordRounds { get; set; } = LeastRounds;

    /// <summary>Sign-ups, sign-ins and letters asked for, per address of the network and minute.</summary>
    [Range(1, 100_000)]
    public int TriesPerMinute { get; set; } = 20;

    /// <summary>Calls for OAuth tokens, per address of the network and minute: one server may ask for many accounts.</summary>
    [Range(1, 100_000)]
    public int TokenCallsPerMinute { get; set; } = 120;
}

public sealed class OperatorOptions
{
    public const string Section = "Plura:Operator";

    public string Name { get; set; } = "PluraOS";

    public string Email { get; set; } = "support@example.com";

    public string Phone { get; set; } = "";

    public string Website { get; set; } = "";

    public string PostalAddress { get; set; } = "";
}
