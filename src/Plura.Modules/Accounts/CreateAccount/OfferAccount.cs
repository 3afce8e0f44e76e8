using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The agency asks the owner of an account that waits for one again, or asks somebody else.</summary>
public sealed record OfferAccount
{
    public Guid AccountId { get; set; }

    [Required(ErrorMessage = "Enter the owner's e-mail address."), EmailAddress(ErrorMessage = "This does not look like an e-mail address."), StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
    public string OwnerEmail { get; set; } = "";
}

public sealed class OfferAccountHandler(PluraDb db, CurrentAgency agency, AccountOffers offers, InvitationLimits limits, BothLogs logs, TimeProvider clock)
{
    /// <summary>A letter a minute is enough for anybody.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public async Task<Result> Handle(OfferAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var mine = agency.Id;
        if (!await db.Accounts.AnyAsync(a => a.Id == command.AccountId && a.AgencyId == mine, ct))
            return Refusal.NotFound("account.unknown", "There is no such account.");
        // One at a time: of two letters that are asked for at once the second finds the first.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select from accounts.account where id = {command.AccountId} for update", ct);
        if (await offers.HasOwner(command.AccountId, ct))
            return Refusal.Conflict("account.has_owner", "Somebody has taken this account over already. Who belongs to it is for them to say.");
        var recently = clock.GetUtcNow() - Pause;
        if (await db.Invitations.AnyAsync(i => i.AccountId == command.AccountId && i.SentAt > recently, ct))
            return Refusal.Limit("invite.again", "The last letter went out a moment ago. Wait a minute before you send another.");
        if (await limits.Exceeded(command.AccountId, letters: 1, ct) is { } exceeded)
            return exceeded;
        await offers.Make(command.AccountId, command.OwnerEmail, ct);
        logs.Note("agency.offer_account", command.AccountId);
        await BothLogs.Enter(db, command.AccountId, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
