using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Asks for a letter with a link to choose a new password. The answer and the work are the same whether or not anybody has the address.</summary>
public sealed record ForgotPassword
{
    public const string Letter = "reset_password";

    [Required(ErrorMessage = "Enter your e-mail address."), EmailAddress(ErrorMessage = "This does not look like an e-mail address."), StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
    public string Email { get; set; } = "";
}

public sealed class ForgotPasswordHandler(PluraDb db, UserManager<User> users, PasswordResets resets, IAudit audit, TimeProvider clock)
{
    /// <summary>Letters per address and hour; who asks more often gets the same answer and no further letter.</summary>
    public const int MostPerHour = 3;

    public async Task<Result> Handle(ForgotPassword command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var (now, hourAgo) = (clock.GetUtcNow(), clock.GetUtcNow().AddHours(-1));
        var normalized = users.NormalizeEmail(command.Email);
        var address = resets.AddressHash(normalized);
        var user = await db.Users.Where(u => u.NormalizedEmail == normalized).Select(u => (Guid?)u.Id).FirstOrDefaultAsync(ct);
        if (await db.PasswordResets.CountAsync(r => r.AddressHash == address && r.AskedAt > hourAgo, ct) >= MostPerHour)
            return Result.Done;
        resets.Ask(user, address, now);
        audit.Note("account.forgot_password", user);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

/// <summary>Posts the letter, where somebody has the address that was asked for.</summary>
public sealed record SendPasswordReset(Guid ResetId) : IJob;

[Work("Letter with a link to choose a new password")]
public sealed class SendPasswordResetJobHandler(PluraDb db, ISystemMail mail) : IJobHandler<SendPasswordReset>
{
    public async Task Run(SendPasswordReset job, CancellationToken ct)
    {
        if (await db.PasswordResets.AsNoTracking().FirstOrDefaultAsync(r => r.Id == job.ResetId, ct) is not { UserId: { } user })
            return;
        mail.Post(new SystemLetter(ForgotPassword.Letter, user, job.ResetId, ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal)));
        await db.SaveChangesAsync(ct);
    }
}
