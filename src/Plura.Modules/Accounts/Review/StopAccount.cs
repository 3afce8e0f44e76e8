using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The operator stops an account's sending. Its people read why on every page and can answer; its agency cannot lift it.</summary>
public sealed record StopAccount
{
    public Guid AccountId { get; set; }

    [Required(ErrorMessage = "Say why: the account’s people read it."), StringLength(AccountStop.LongestReason, ErrorMessage = "A reason has at most 500 characters.")]
    public string Reason { get; set; } = "";
}

public sealed class StopAccountHandler(PluraDb db, Actor actor, BothLogs logs, INotices notices, StopLetters letters, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(StopAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == command.AccountId, ct) is not { } account)
            return Refusal.NotFound("account.unknown", "There is no such account.");
        // Without it nobody could confirm an address or choose a new password.
        if (account.Slug == OperatorAccount.Slug)
            return Refusal.Conflict("account.operator", "This is the installation’s own account: its letters must go out.");
        if (account.ReadableUntil is not null)
            return Refusal.Conflict("account.closed", "Its owner has closed this account: nothing leaves it.");
        if (await db.AccountStops.AnyAsync(s => s.AccountId == account.Id && s.EndedAt == null, ct))
            return Refusal.Conflict("account.stopped", "This account is stopped or held already. Decide about it in the review.");
        var stop = AccountStop.Of(account.Id, command.Reason, actor.Id, clock.GetUtcNow());
        db.AccountStops.Add(stop);
        account.Obey(stop);
        await letters.Tell(account, stop, "Your account was stopped", command.Reason, ct);
        logs.Note("operator.stop_account", account.Id);
        notices.Post(Misuse.Notice, $"Whoever runs this installation stopped the sending of this account: “{command.Reason}”", Misuse.Page);
        await db.SaveChangesAsync(ct);
        return stop.Id;
    }
}

/// <summary>The operator vouches for an account, or does so no more: one that is vouched for need not begin with small numbers.</summary>
public sealed record VouchForAccount
{
    public Guid AccountId { get; set; }

    public bool Vouch { get; set; }
}

public sealed class VouchForAccountHandler(PluraDb db, BothLogs logs, TimeProvider clock)
{
    public async Task<Result> Handle(VouchForAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == command.AccountId, ct) is not { } account)
            return Refusal.NotFound("account.unknown", "There is no such account.");
        if (account.ReadableUntil is not null)
            return Refusal.Conflict("account.closed", "Its owner has closed this account: nothing leaves it.");
        if (command.Vouch)
            account.Vouch(clock.GetUtcNow());
        else
            account.VouchNoMore();
        // What waits for another day only because the account is new may go now.
        if (command.Vouch)
            db.Publish(new Contracts.AccountReleased(account.Id), account.Id);
        logs.Note(command.Vouch ? "operator.vouch" : "operator.vouch_no_more", account.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
