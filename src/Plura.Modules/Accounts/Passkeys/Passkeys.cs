using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What the framework knows about passkeys, in our words: asking a browser for one, and reading its answer.</summary>
public sealed class Passkeys(SignInManager<User> signIn, UserManager<User> users, HalfWay halfWay, PluraDb db, AuditTrail trail, TimeProvider clock)
{
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
            return answer.Succeeded && string.Equals(answer.UserEntity.Id, user.Id.ToString(), StringComparison.Ordinal) ? answer.Passkey : null;
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
}
