using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The person pressed the button behind the letter's link: the address is theirs.</summary>
public sealed record ConfirmEmail
{
    public Guid User { get; set; }

    [Required]
    public string Token { get; set; } = "";
}

public sealed class ConfirmEmailHandler(UserManager<User> users, IAudit audit)
{
    private static readonly Refusal Stale = Refusal.Invalid("confirm_email.stale", "This link is no longer good: it was used already, or it is more than a day old. Sign in, and we send you a new one.");

    public async Task<Result> Handle(ConfirmEmail command, CancellationToken ct)
    {
        if (command.Invalid() is not null || await users.FindByIdAsync(command.User.ToString()) is not { } user)
            return Stale;
        if (user.EmailConfirmed)
            return Result.Done;
        // Asked before it is used, because what is noted here is saved with the confirmation.
        if (!await users.VerifyUserTokenAsync(user, users.Options.Tokens.EmailConfirmationTokenProvider, UserManager<User>.ConfirmEmailTokenPurpose, command.Token))
            return Stale;
        audit.Note("account.confirm_email", user.Id);
        return (await users.ConfirmEmailAsync(user, command.Token)).Succeeded ? Result.Done : Stale;
    }
}
