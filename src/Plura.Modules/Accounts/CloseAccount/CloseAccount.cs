using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>An owner closes the account: nothing is sent or changed from now on; for 30 days it can be read and opened again; later everything in it is deleted.</summary>
public sealed record CloseAccount
{
    [Required(ErrorMessage = "Type the account's name: that is how we know you mean it."), StringLength(200)]
    public string Name { get; set; } = "";

    /// <summary>After how many months everything is deleted: one of <see cref="AccountClosure.Choices"/>.</summary>
    public int KeepMonths { get; set; } = AccountClosure.LongestMonths;
}

public sealed class CloseAccountHandler(PluraDb db, Tenant tenant, Actor actor, IAccountDirectory directory, ISystemMail mail, TimeProvider clock)
{
    /// <summary>The kind of the letter to the owners.</summary>
    public const string Letter = "account_closing";

    public async Task<Result> Handle(CloseAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var account = await db.Accounts.FirstAsync(a => a.Id == tenant.Id, ct);
        if (account.ReadableUntil is not null)
            return Refusal.Conflict("account.closed", "This account is closed already.");
        if (string.Equals(account.Slug, OperatorAccount.Slug, StringComparison.Ordinal))
            return Refusal.Forbidden("account.operator", "From this account the installation's own mail leaves, so it cannot be closed.");
        if (!string.Equals(command.Name, account.Name, StringComparison.OrdinalIgnoreCase))
            return Refusal.Invalid("account.close_name", $"That is not this account's name. Type “{account.Name}”.", nameof(command.Name));
        if (!AccountClosure.Choices.Contains(command.KeepMonths))
            return Refusal.Invalid("account.close_keep", "Choose one of the days on the page.", nameof(command.KeepMonths));

        var now = clock.GetUtcNow();
        var closure = AccountClosure.Of(account.Id, command.KeepMonths, actor.Id, now);
        account.Close(closure.ReadableUntil);
        db.AccountClosures.Add(closure);
        db.Publish(new AccountClosed(account.Id));
        foreach (var owner in await directory.Owners(account.Id, ct))
            mail.Post(ClosingLetters.Of(Letter, owner, account, closure, actor.Name));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

/// <summary>Within the 30 days an owner takes it back: everything stands as it stood, and what was stopped waits to be started by somebody.</summary>
public sealed record ReopenAccount;

public sealed class ReopenAccountHandler(PluraDb db, Tenant tenant, Actor actor, IAccountDirectory directory, ISystemMail mail, TimeProvider clock)
{
    public const string Letter = "account_reopened";

    public async Task<Result> Handle(ReopenAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var (now, id) = (clock.GetUtcNow(), tenant.Id);
        var account = await db.Accounts.FirstAsync(a => a.Id == id, ct);
        // Closed, but too late to take back, nobody comes as far as here.
        if (await db.AccountClosures.FirstOrDefaultAsync(c => c.AccountId == id && c.ReopenedAt == null && c.ReadableUntil > now, ct) is not { } closure)
            return Refusal.Conflict("account.not_closed", "This account is open.");
        closure.Reopen(actor.Id, now);
        account.Reopen();
        foreach (var owner in await directory.Owners(id, ct))
            mail.Post(ClosingLetters.Of(Letter, owner, account, closure, actor.Name));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

internal static class ClosingLetters
{
    public static SystemLetter Of(string kind, UserCard owner, Account account, AccountClosure closure, string by) =>
        new(kind, owner.Id, closure.Id, ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["business"] = account.Name,
            ["by"] = by,
            ["until"] = ClosedDoor.Day(closure.ReadableUntil),
            ["purge"] = ClosedDoor.Day(closure.PurgeAt),
            ["path"] = kind == ReopenAccountHandler.Letter ? $"/a/{account.Slug}" : $"/a/{account.Slug}/settings/close",
        });
}
