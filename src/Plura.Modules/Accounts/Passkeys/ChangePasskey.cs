using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Gives one of the person's own passkeys another name.</summary>
public sealed record RenamePasskey
{
    /// <summary>The credential's id, base64url.</summary>
    public string Id { get; set; } = "";

    [Required(ErrorMessage = "Give the passkey a name, so that you know it again."), StringLength(60, ErrorMessage = "A name has at most 60 characters.")]
    public string Name { get; set; } = "";
}

/// <summary>Takes one of the person's own passkeys out of use at once.</summary>
public sealed record RemovePasskey
{
    /// <summary>The credential's id, base64url.</summary>
    public string Id { get; set; } = "";
}

public sealed class ChangePasskeyHandler(UserManager<User> users, SignInLetters letters, Actor actor)
{
    private static readonly Refusal Unknown = Refusal.NotFound("passkey.unknown", "You have no such passkey any more.");

    public async Task<Result> Handle(RenamePasskey command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await Find(command.Id) is not var (user, passkey))
            return Unknown;
        passkey.Name = command.Name;
        return (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded ? Result.Done : Unknown;
    }

    public async Task<Result> Handle(RemovePasskey command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await Find(command.Id) is not var (user, passkey))
            return Unknown;
        letters.Say($"The passkey “{passkey.Name}” was removed: it opens nothing any more.");
        return (await users.RemovePasskeyAsync(user, passkey.CredentialId)).Succeeded ? Result.Done : Unknown;
    }

    private async Task<(User User, UserPasskeyInfo Passkey)?> Find(string id)
    {
        if (await users.FindByIdAsync(actor.Id.ToString()!) is not { } user || (await users.GetPasskeysAsync(user)).FirstOrDefault(p => WebEncoders.Base64UrlEncode(p.CredentialId) == id) is not { } passkey)
            return null;
        return (user, passkey);
    }
}
