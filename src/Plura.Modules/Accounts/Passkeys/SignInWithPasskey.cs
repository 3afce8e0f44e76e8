using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The way in by a passkey, which is enough by itself: it is something the person has, opened by something they are or know.</summary>
public sealed record SignInWithPasskey
{
    /// <summary>What the browser answered, as JSON.</summary>
    public string? Credential { get; set; }
}

public sealed class SignInWithPasskeyHandler(Passkeys passkeys, NextStep next, PluraDb db, IAudit audit)
{
    private static readonly Refusal Wrong = Refusal.Invalid("sign_in.passkey", "This passkey does not open any account here. Use another, or your password.");

    public async Task<Result> Handle(SignInWithPasskey command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        // A rest after wrong passwords does not count here: nobody can guess a passkey.
        var user = await passkeys.Check(command.Credential, ct);
        if (user is not { EmailConfirmed: true })
        {
            // A browser that answered nothing at all tried nothing.
            if (user is not null)
                audit.Note("account.sign_in_unconfirmed", user.Id);
            else if (!string.IsNullOrEmpty(command.Credential))
                audit.Note("account.passkey_failed", null);
            await db.SaveChangesAsync(ct);
            return Wrong;
        }

        await next.Inside(user, stay: false, ProvenBy.Passkey, ct);
        return Result.Done;
    }
}
