using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Asks whoever is signed in for their password once more, before their sign-in is changed. Wrong tries count as they do at the sign-in.</summary>
public sealed class OwnPassword(UserManager<User> users)
{
    /// <summary>Null where it is right; else the sentence for the field.</summary>
    public async Task<Refusal?> Check(User user, string password, string field)
    {
        if (user.PasswordHash is null)
            return Refusal.Invalid("password.none", "You have no password yet. Sign out, choose “Forgot your password?”, and set one by the link that you get.", field);
        if (await users.IsLockedOutAsync(user))
            return Refusal.Invalid("password.rests", "After ten wrong tries this rests for 15 minutes. Nothing was changed.", field);
        if (await users.CheckPasswordAsync(user, password))
            return null;
        await users.AccessFailedAsync(user);
        return Refusal.Invalid("password.wrong", "This is not your password.", field);
    }
}
