using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

internal sealed class AccountLetters(PluraDb db, LetterKeys keys, NoticeLetters notices, TimeProvider clock) : IAccountLetters
{
    private static readonly AccountLetter Moot = new("", Moot: true);

    public async Task<AccountLetter?> Find(string kind, Guid userId, Guid occurrenceId, Guid? account, CancellationToken ct) => kind switch
    {
        ForgotPassword.Letter => await Reset(occurrenceId, ct),
        KnownDevices.NewDevice => new AccountLetter(keys.Link(NotMe.Path, occurrenceId)),
        ChangeEmail.AskedLetter or ChangeEmail.ConfirmLetter or ChangeEmail.ChangedLetter or ChangeEmail.WelcomeLetter => await Change(kind, occurrenceId, ct),
        NoticeLetters.One when account is { } about => await notices.OfOne(about, userId, occurrenceId, ct) ?? Moot,
        NoticeLetters.Day when account is { } about => await notices.OfDay(about, userId, occurrenceId, ct) ?? Moot,
        _ => null,
    };

    private async Task<AccountLetter> Reset(Guid id, CancellationToken ct)
    {
        var (resets, users) = (db.PasswordResets, db.Users);
        var found = await resets.Where(r => r.Id == id).Join(users, r => r.UserId, u => u.Id, (r, u) => new { Reset = r, u.SecurityStamp }).FirstOrDefaultAsync(ct);
        return found is null || !found.Reset.IsGood(clock.GetUtcNow()) ? Moot : new AccountLetter(keys.Link(ResetPassword.Path, id, found.SecurityStamp));
    }

    private async Task<AccountLetter> Change(string kind, Guid id, CancellationToken ct)
    {
        if (await db.EmailChanges.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } change)
            return Moot;
        return kind switch
        {
            ChangeEmail.ConfirmLetter => change.CanBeConfirmed(clock.GetUtcNow()) ? new AccountLetter(keys.Link(ConfirmNewEmail.Path, id), change.NewEmail) : Moot,
            ChangeEmail.WelcomeLetter => new AccountLetter(keys.Root + "/sign-in", change.NewEmail),
            _ => new AccountLetter(keys.Link(StopEmailChange.Path, id), change.OldEmail),
        };
    }
}
