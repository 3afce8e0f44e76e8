using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Asks whoever is signed in for their password once more, before their sign-in is changed. Wrong tries count for this session alone: what others try at the sign-in keeps nobody from changing it.</summary>
public sealed class OwnPassword(PasswordHashes passwords, Tries tries, PluraDb db, IAudit audit)
{
    /// <summary>Null where it is right; else the sentence for the field.</summary>
    public async Task<Refusal?> Check(User user, string password, string field, CancellationToken ct)
    {
        if (user.PasswordHash is null)
            return Refusal.Invalid("password.none", "You have no password yet. Sign out, choose “Forgot your password?”, and set one by the link that you get.", field);
        if (!await tries.BeginInside(user.Id, ct))
            return await Failed(user, Refusal.Invalid("password.rests", "After several wrong tries in this session this rests for a while, 15 minutes at most. Nothing was changed.", field), ct);
        if (!passwords.Right(user, password))
            return await Failed(user, Refusal.Invalid("password.wrong", "This is not your password.", field), ct);
        await tries.ForgetInside(ct);
        return null;
    }

    /// <summary>Somebody guesses at an open browser: the log shows it, though nothing was changed.</summary>
    private async Task<Refusal> Failed(User user, Refusal refusal, CancellationToken ct)
    {
        audit.Note("account.password_failed", user.Id);
        await db.SaveChangesAsync(ct);
        return refusal;
    }
}
