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

public sealed class OfferAccountHandler(PluraDb db, CurrentAgency agency, AccountOffers offers, BothLogs logs, TimeProvider clock)
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
        if (await offers.HasOwner(command.AccountId, ct))
            return Refusal.Conflict("account.has_owner", "Somebody has taken this account over already. Who belongs to it is for them to say.");
        var recently = clock.GetUtcNow() - Pause;
        if (await db.Invitations.AnyAsync(i => i.AccountId == command.AccountId && i.SentAt > recently, ct))
            return Refusal.Limit("invite.again", "The last letter went out a moment ago. Wait a minute before you send another.");
        await offers.Make(command.AccountId, command.OwnerEmail, ct);
        logs.Note("agency.offer_account", command.AccountId);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
