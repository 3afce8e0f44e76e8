using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person's device or password manager keeps a new passkey for this installation.</summary>
public sealed record AddPasskey
{
    [Required(ErrorMessage = "Give the passkey a name, so that you know it again."), StringLength(60, ErrorMessage = "A name has at most 60 characters.")]
    public string Name { get; set; } = "";

    /// <summary>What the browser answered, as JSON.</summary>
    public string? Credential { get; set; }
}

public sealed class AddPasskeyHandler(Passkeys passkeys, UserManager<User> users, SignInLetters letters, Actor actor)
{
    private const int Most = 20;

    public async Task<Result> Handle(AddPasskey command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await users.FindByIdAsync(actor.Id.ToString()!) is not { } user)
            return Refusal.NotFound("passkey.nobody", "Please sign in again.");
        if ((await users.GetPasskeysAsync(user)).Count >= Most)
            return Refusal.Limit("passkey.limit", $"You have {Most} passkeys, which is the most. Remove one that you do not use any more.");
        if (!Passkeys.IsKept(command.Credential))
            return Refusal.Invalid("passkey.not_kept", "This device makes passkeys but does not keep them, so it could not be used to sign in. Nothing was added; the device may need a PIN, or have no room left. Try another one.");
        if (await passkeys.CheckNew(user, command.Credential) is not { } passkey)
            return Refusal.Invalid("passkey.not_made", "No passkey was made. Try again, and follow what your browser or your device asks.");
        passkey.Name = command.Name;
        letters.Say($"A passkey was added, called “{command.Name}”: whoever holds it can sign in.");
        return (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded ? Result.Done : Refusal.Conflict("passkey.exists", "This passkey is known here already.");
    }
}
