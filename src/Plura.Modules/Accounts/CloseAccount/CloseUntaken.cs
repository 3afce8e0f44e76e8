using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>An agency closes an account that it opened and nobody took over. One with people in it is its owner's to close.</summary>
public sealed record CloseUntakenAccount
{
    public Guid AccountId { get; set; }

    [Required(ErrorMessage = "Type the account's name: that is how we know you mean it."), StringLength(200)]
    public string Name { get; set; } = "";
}

public sealed class CloseUntakenAccountHandler(PluraDb db, UntakenAccounts untaken, Actor actor, BothLogs logs, TimeProvider clock)
{
    public async Task<Result> Handle(CloseUntakenAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var held = await untaken.Hold(command.AccountId, ct);
        if (held.Refusal is { } refused)
            return refused;
        var account = held.Value;
        if (account.ReadableUntil is not null)
            return Refusal.Conflict("account.closed", "This account is closed already.");
        if (!string.Equals(command.Name, account.Name, StringComparison.OrdinalIgnoreCase))
            return Refusal.Invalid("account.close_name", $"That is not this account's name. Type “{account.Name}”.", nameof(command.Name));
        var closure = AccountClosure.Of(account.Id, keepMonths: 0, actor.Id, clock.GetUtcNow());
        account.Close(closure.ReadableUntil);
        db.AccountClosures.Add(closure);
        logs.Note("agency.close_account", account.Id);
        db.Publish(new AccountClosed(account.Id));
        await untaken.Commit(transaction, account.Id, ct);
        return Result.Done;
    }
}

/// <summary>Within the 30 days the agency takes it back; its owner can be asked again.</summary>
public sealed record ReopenUntakenAccount
{
    public Guid AccountId { get; set; }
}

public sealed class ReopenUntakenAccountHandler(PluraDb db, UntakenAccounts untaken, Actor actor, BothLogs logs, TimeProvider clock)
{
    public async Task<Result> Handle(ReopenUntakenAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var held = await untaken.Hold(command.AccountId, ct);
        if (held.Refusal is { } refused)
            return refused;
        var (account, now) = (held.Value, clock.GetUtcNow());
        if (await db.AccountClosures.FirstOrDefaultAsync(c => c.AccountId == account.Id && c.ReopenedAt == null && c.ReadableUntil > now, ct) is not { } closure)
            return Refusal.Conflict("account.not_closed", "This account is open, or it is too late to open it again.");
        closure.Reopen(actor.Id, now);
        account.Reopen();
        logs.Note("agency.reopen_account", account.Id);
        await untaken.Commit(transaction, account.Id, ct);
        return Result.Done;
    }
}

/// <summary>The agency's accounts in which nobody is yet.</summary>
public sealed class UntakenAccounts(PluraDb db, CurrentAgency agency)
{
    /// <summary>Held until the transaction ends: whoever takes it over at the same moment comes before or after, not between.</summary>
    public async Task<Result<Account>> Hold(Guid id, CancellationToken ct)
    {
        var mine = agency.Id;
        await db.Database.ExecuteSqlAsync($"select from accounts.account where id = {id} and agency_id = {mine} for update", ct);
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == id && a.AgencyId == mine, ct) is not { } account)
            return Refusal.NotFound("account.unknown", "There is no such account.");
        return await db.Memberships.AnyAsync(m => m.AccountId == id, ct)
            ? Refusal.Forbidden("account.has_owner", "Somebody has taken this account over: closing it is its owner's, under Settings, Close this account.")
            : account;
    }

    /// <summary>After the last note, which entered the account: the open connection has to follow.</summary>
    public async Task Commit(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, Guid account, CancellationToken ct)
    {
        await BothLogs.Enter(db, account, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
