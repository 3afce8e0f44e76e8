using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;

namespace Plura.Accounts;

/// <summary>Compares a typed password by exactly one hash computation, also where there is nobody or no password to compare with.</summary>
public sealed class PasswordHashes(IPasswordHasher<User> hasher, TimeProvider clock)
{
    // Made once with the hasher's own rounds: an unknown address then costs the same work as a known one.
    private static string? decoy;

    /// <summary>Whether it is the person's password. One that was hashed with fewer rounds than today's is hashed again; the caller saves.</summary>
    public bool Right(User? user, string password)
    {
        var nobody = user ?? User.Join("", "nobody@example.com", "", clock.GetUtcNow());
        var hash = user?.PasswordHash ?? (decoy ??= hasher.HashPassword(nobody, "a password that nobody has"));
        var answer = hasher.VerifyHashedPassword(nobody, hash, password);
        if (user?.PasswordHash is null || answer == PasswordVerificationResult.Failed)
            return false;
        if (answer == PasswordVerificationResult.SuccessRehashNeeded)
            user.PasswordHash = hasher.HashPassword(user, password);
        return true;
    }
}
