using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Opens a session. Every failure gets the same sentence after the same work, whether or not the address is known.</summary>
public sealed record SignIn
{
    [Required(ErrorMessage = "Enter your e-mail address.")]
    public string Email { get; set; } = "";

    [KeepBlanks, Required(ErrorMessage = "Enter your password.")]
    public string Password { get; set; } = "";

    /// <summary>Thirty days on this device, however long nobody clicks.</summary>
    public bool Stay { get; set; }
}

public sealed class SignInHandler(SignInManager<User> signIn, UserManager<User> users, IPasswordHasher<User> hasher, ISystemMail mail, PluraDb db, TimeProvider clock)
{
    private static readonly Refusal Wrong = Refusal.Invalid("sign_in.wrong", "This e-mail address and password do not belong together. After ten wrong tries an account rests for 15 minutes.", nameof(SignIn.Email));

    // Hashed once with the hasher's own rounds: an unknown address then costs the same work as a known one.
    private static string? decoy;

    public async Task<Result> Handle(SignIn command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var user = await users.FindByEmailAsync(command.Email);
        if (user is null)
        {
            var nobody = User.Join("", "nobody@example.com", "", clock.GetUtcNow());
            hasher.VerifyHashedPassword(nobody, decoy ??= hasher.HashPassword(nobody, "a password that nobody has"), command.Password);
            return Wrong;
        }

        if (await users.IsLockedOutAsync(user))
        {
            hasher.VerifyHashedPassword(user, user.PasswordHash!, command.Password);
            return Wrong;
        }

        if (!await users.CheckPasswordAsync(user, command.Password))
        {
            await users.AccessFailedAsync(user);
            return Wrong;
        }

        if (!user.EmailConfirmed)
        {
            mail.Post(new SystemLetter("confirm_email", user.Id, Guid.CreateVersion7(clock.GetUtcNow()), ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = user.Name }));
            await db.SaveChangesAsync(ct);
            return Refusal.Forbidden("sign_in.unconfirmed", "Please confirm your e-mail address first. We have just sent you the link again.");
        }

        await users.ResetAccessFailedCountAsync(user);
        await signIn.SignInAsync(user, isPersistent: command.Stay);
        return Result.Done;
    }
}
