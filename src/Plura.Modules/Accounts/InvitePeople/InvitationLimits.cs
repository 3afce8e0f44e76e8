using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// An invitation is a letter to somebody who did not ask for it. So it goes out only where messages may, and a day has room for so many:
/// counted is what was sent, whether or not it still waits, in the account and in all accounts of its agency.
/// </summary>
public sealed class InvitationLimits(PluraDb db, IMisuse misuse, TimeProvider clock)
{
    public const int OfNewAccount = 25;
    public const int OfAccount = 100;
    public const int OfNewAgency = 50;
    public const int OfAgency = 500;

    /// <summary>Who has been here so long is known: more may go out in a day.</summary>
    public static readonly TimeSpan New = TimeSpan.FromDays(14);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>
    /// Null where so many more letters may go out. Asked in a transaction: account and agency are held until it ends, so two who ask at once
    /// do not both find the last room. Where there is none the transaction is rolled back, and the operator is told.
    /// </summary>
    public async Task<Refusal?> Exceeded(Guid accountId, int letters, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from accounts.account where id = {accountId} for update", ct);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == accountId, ct);
        if (Silent(account) is { } silent)
            return silent;
        if (await OfAgencyExceeded(account.AgencyId, letters, ct) is not { } refusal)
        {
            var (since, now) = (clock.GetUtcNow() - Day, clock.GetUtcNow());
            var (sent, most) = (await db.Invitations.Where(i => i.AccountId == accountId && i.SentAt > since).SumAsync(i => i.Round, ct), now - account.CreatedAt < New ? OfNewAccount : OfAccount);
            if (sent + letters <= most)
                return null;
            refusal = Refusal.Limit("invite.day", $"At most {most} invitations go out of this account in a day{(most == OfNewAccount ? " while it is new" : "")}, and {sent} have. Send the others tomorrow, or write to us by the contact page if it cannot wait.");
        }

        await db.Database.RollbackTransactionAsync(ct);
        await misuse.Raise(accountId, SignalCodes.Invitations, new Dictionary<string, string>(StringComparer.Ordinal) { ["asked"] = letters.ToString(CultureInfo.InvariantCulture) }, ct);
        return refusal;
    }

    /// <summary>The same of the agency alone, for an account that is only about to be opened.</summary>
    public async Task<Refusal?> OfAgencyExceeded(Guid agencyId, int letters, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from accounts.agency where id = {agencyId} for no key update", ct);
        var (now, opened) = (clock.GetUtcNow(), await db.Agencies.Where(a => a.Id == agencyId).Select(a => a.CreatedAt).SingleAsync(ct));
        var (since, accounts) = (now - Day, db.Accounts);
        var sent = await db.Invitations.Where(i => i.SentAt > since && accounts.Any(a => a.Id == i.AccountId && a.AgencyId == agencyId)).SumAsync(i => i.Round, ct);
        return sent + letters <= (now - opened < New ? OfNewAgency : OfAgency) ? null
            : Refusal.Limit("invite.agency_day", "As many invitations as may go out in a day have gone out of the accounts of this agency. Send the others tomorrow, or write to us by the contact page if it cannot wait.");
    }

    /// <summary>Why nothing goes out of the account at the moment, invitations as little as messages.</summary>
    private static Refusal? Silent(Account account) => account switch
    {
        { StoppedAt: not null } => Refusal.Conflict("invite.stopped", "Whoever runs this installation stopped the sending of this account, so no invitation goes out either. The account’s pages say why, and how to answer."),
        { HeldAt: not null } => Refusal.Conflict("invite.held", "The messages of this account wait until a person has looked at it, so no invitation goes out either. The account’s pages say why, and how to answer."),
        { SuspendedAt: not null } => Refusal.Conflict("invite.paused", "The agency has paused this account, so no invitation goes out either. Once it lets the account go on, you can invite people."),
        _ => null,
    };
}
