using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>From now on signing in asks for a code of the person's app. A first code proves that both hold the same key.</summary>
public sealed record SetUpAuthenticator
{
    /// <summary>The new key as the page carried it, protected. Looking at the page keeps nothing here.</summary>
    [Required]
    public string Setup { get; set; } = "";

    [Required(ErrorMessage = "Enter the code that your app shows."), StringLength(12, ErrorMessage = "The code has six digits.")]
    public string Code { get; set; } = "";
}

public sealed class SetUpAuthenticatorHandler(PluraDb db, SecondFactor factor, SetupKeys keys, SignInLetters letters, Actor actor, TimeProvider clock)
{
    /// <summary>Answers the recovery codes: the only time they can be read.</summary>
    public async Task<Result<string[]>> Handle(SetUpAuthenticator command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var (me, now) = (actor.Id!.Value, clock.GetUtcNow());
        if (await factor.Has(me, ct))
            return Refusal.Conflict("authenticator.there", "You have an authenticator app already. Turn it off first to set up another.");
        if (keys.Read(me, command.Setup) is not { } key)
            return Refusal.Invalid("authenticator.stale", "This page was open for too long. Load it again and scan the new picture.");
        if (Totp.Match(key, command.Code.Replace(" ", "", StringComparison.Ordinal), now) is not { } step)
            return Refusal.Invalid("authenticator.wrong", "This is not the code that belongs to the picture. Check that the clock of your phone is right, and enter the code that shows now.", nameof(command.Code));
        db.Authenticators.Add(Authenticator.Of(me, factor.Seal(me, key), step, now));
        var codes = await factor.NewCodes(me, ct);
        letters.Say("An authenticator app was set up: from now on signing in asks for a code of it.");
        await db.SaveChangesAsync(ct);
        return codes;
    }
}

/// <summary>A key on its way from the page that shows it to the form that confirms it: protected, for one person, for an hour.</summary>
public sealed class SetupKeys(IDataProtectionProvider protection)
{
    public string New(Guid user, out byte[] key)
    {
        key = RandomNumberGenerator.GetBytes(Totp.KeyLength);
        return Convert.ToBase64String(Protector(user).Protect(key, TimeSpan.FromHours(1)));
    }

    public byte[]? Read(Guid user, string setup)
    {
        try
        {
            return Protector(user).Unprotect(Convert.FromBase64String(setup));
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            // Too old, another person's, or not ours: there is no key in it.
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector(Guid user) => protection.CreateProtector("authenticator-setup", user.ToString()).ToTimeLimitedDataProtector();
}
