using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>An agency stops an account's sending. Its people look and change as before, and read why.</summary>
public sealed record PauseAccount
{
    public Guid AccountId { get; set; }

    [Required(ErrorMessage = "Say why: the account's people read it."), StringLength(AccountPause.LongestReason, ErrorMessage = "A reason has at most 300 characters.")]
    public string Reason { get; set; } = "";
}

public sealed class PauseAccountHandler(PluraDb db, CurrentAgency agency, Actor actor, BothLogs logs, TimeProvider clock)
{
    public async Task<Result> Handle(PauseAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var mine = agency.Id;
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == command.AccountId && a.AgencyId == mine, ct) is not { } account)
            return Refusal.NotFound("account.unknown", "There is no such account.");
        if (account.ReadableUntil is not null)
            return Refusal.Conflict("account.closed", "Its owner has closed this account: nothing leaves it.");
        if (account.SuspendedAt is not null)
            return Refusal.Conflict("account.paused", "This account is paused already.");
        var now = clock.GetUtcNow();
        account.Suspend(now);
        db.AccountPauses.Add(AccountPause.Of(account.Id, command.Reason, actor.Id, now));
        logs.Note("agency.pause_account", account.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

/// <summary>The account may send again, from the next message on.</summary>
public sealed record ResumeAccount
{
    public Guid AccountId { get; set; }
}

public sealed class ResumeAccountHandler(PluraDb db, CurrentAgency agency, Actor actor, BothLogs logs, TimeProvider clock)
{
    public async Task<Result> Handle(ResumeAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var mine = agency.Id;
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == command.AccountId && a.AgencyId == mine, ct) is not { } account)
            return Refusal.NotFound("account.unknown", "There is no such account.");
        // Only what an agency stopped: what the operator stopped is the operator's to let go on.
        if (await db.AccountPauses.FirstOrDefaultAsync(p => p.AccountId == account.Id && p.ResumedAt == null, ct) is not { } pause)
            return account is { StoppedAt: null, HeldAt: null }
                ? Refusal.Conflict("account.not_paused", "This account is not paused.")
                : Refusal.Forbidden("account.stopped", "This account was stopped by whoever runs this installation. Write to them by the contact page.");
        pause.End(actor.Id, clock.GetUtcNow());
        account.Resume();
        logs.Note("agency.resume_account", account.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
