using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What the framework knows about passkeys, in our words: asking a browser for one, and reading its answer.</summary>
public sealed class Passkeys(SignInManager<User> signIn, UserManager<User> users, HalfWay halfWay, IOptions<IdentityPasskeyOptions> options, IConfiguration configuration, IHttpContextAccessor http, PluraDb db, AuditTrail trail, TimeProvider clock)
{
    /// <summary>The address at which passkeys work, where this request came to another: an agency's own host name. Null where they work here.</summary>
    public string? Elsewhere =>
        options.Value.ServerDomain is { } domain && http.HttpContext?.Request.Host.Host is { } host && !string.Equals(host, domain, StringComparison.OrdinalIgnoreCase) ? PublicAddress.Of(configuration) : null;

    public Task<bool> Any(Guid user, CancellationToken ct) => db.UserPasskeys.AnyAsync(p => p.UserId == user, ct);

    /// <summary>The question for a browser that shall show a passkey; what we must remember of it goes into a short-lived protected cookie.</summary>
    public Task<string> Ask() => signIn.MakePasskeyRequestOptionsAsync(null);

    public Task<string> AskForNew(User user) =>
        signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.Email!, DisplayName = user.Name });

    /// <summary>
    /// The person whose passkey answered our question, or null. The question is spent either way. Whoever asks notes what came of it: that
    /// the passkey's counter went on is no act of its own.
    /// </summary>
    public async Task<User?> Check(string? credential, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(credential))
            return null;
        try
        {
            var answer = await signIn.PerformPasskeyAssertionAsync(credential);
            if (!answer.Succeeded)
                return null;
            trail.Note();
            // Its counter of uses must be kept: a copied passkey is known by a counter that goes back.
            if (!(await users.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey)).Succeeded)
                return null;
            var (id, now) = (answer.Passkey.CredentialId, clock.GetUtcNow());
            await db.UserPasskeys.Where(p => p.CredentialId == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.LastUsedAt, now), ct);
            return answer.User;
        }
        catch (InvalidOperationException)
        {
            // The framework's way to say that this browser was asked nothing, or something else: an old page, or a forged answer.
            return null;
        }
        finally
        {
            await halfWay.End();
        }
    }

    /// <summary>The new passkey that answered our question, or null.</summary>
    public async Task<UserPasskeyInfo?> CheckNew(User user, string? credential)
    {
        if (string.IsNullOrEmpty(credential))
            return null;
        try
        {
            var answer = await signIn.PerformPasskeyAttestationAsync(credential);
            return answer.Succeeded && string.Equals(answer.UserEntity.Id, user.Id.ToString(), StringComparison.Ordinal) ? AddedNow(answer.Passkey) : null;
        }
        catch (InvalidOperationException)
        {
            // As above: this browser was asked nothing.
            return null;
        }
        finally
        {
            await halfWay.End();
        }
    }

    /// <summary>
    /// False where the browser itself says that the device did not keep the passkey's name along with it (<c>credProps</c>): such a one has to be
    /// asked for by name, and our sign-in names nobody. A browser that says nothing was told that it must be kept, and refuses by itself.
    /// </summary>
    public static bool IsKept(string? credential)
    {
        if (string.IsNullOrEmpty(credential))
            return true;
        try
        {
            using var answer = JsonDocument.Parse(credential);
            return !(answer.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("clientExtensionResults", out var extensions) && extensions.ValueKind == JsonValueKind.Object
                && extensions.TryGetProperty("credProps", out var properties) && properties.ValueKind == JsonValueKind.Object
                && properties.TryGetProperty("rk", out var kept) && kept.ValueKind == JsonValueKind.False);
        }
        catch (JsonException)
        {
            // No answer of a browser; reading it as a passkey says so.
            return true;
        }
    }

    // By our own clock, as everything that is compared with it: whether it is younger than a sign-in.
    private UserPasskeyInfo AddedNow(UserPasskeyInfo made) => new(
        made.CredentialId, made.PublicKey, clock.GetUtcNow(), made.SignCount, made.Transports, made.IsUserVerified, made.IsBackupEligible, made.IsBackedUp, made.AttestationObject, made.ClientDataJson);
}
