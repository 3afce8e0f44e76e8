using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The way in by a passkey, which is enough by itself: it is something the person has, opened by something they are or know.</summary>
public sealed record SignInWithPasskey
{
    /// <summary>What the browser answered, as JSON.</summary>
    public string? Credential { get; set; }
}

public sealed class SignInWithPasskeyHandler(Passkeys passkeys, NextStep next)
{
    private static readonly Refusal Wrong = Refusal.Invalid("sign_in.passkey", "This passkey does not open any account here. Use another, or your password.");

    public async Task<Result> Handle(SignInWithPasskey command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        // A rest after wrong passwords does not count here: nobody can guess a passkey.
        if (await passkeys.Check(command.Credential, ct) is not { EmailConfirmed: true } user)
            return Wrong;
        await next.Inside(user, stay: false, ProvenBy.Passkey, ct);
        return Result.Done;
    }
}
