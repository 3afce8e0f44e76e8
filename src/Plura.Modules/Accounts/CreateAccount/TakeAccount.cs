using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The person to whom an account was offered takes it over and is its owner from then on.</summary>
public sealed record TakeAccount
{
    [Required]
    public string Token { get; set; } = "";

    public bool AcceptProcessing { get; set; }
}

public sealed class TakeAccountHandler(PluraDb db, Actor actor, AccountOffers offers, Tenant tenant, IPolicyVersions policies, IAudit audit, TimeProvider clock)
{
    private static readonly Refusal Gone = Refusal.NotFound("account_offer.gone", "This link is no longer good: the account was taken over already, or the letter is more than 14 days old. Ask whoever offered it for a new one.");

    /// <summary>Answers the account's slug.</summary>
    public async Task<Result<string>> Handle(TakeAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (actor is not { Kind: ActorKind.User, Id: { } person })
            return Refusal.Forbidden("account_offer.sign_in", "Sign in first, then open the link in the letter again.");
        if (await offers.Find(command.Token, ct) is not { } offer)
            return Gone;
        var user = await db.Users.FirstAsync(u => u.Id == person, ct);
        if (!user.EmailConfirmed || !string.Equals(user.Email, offer.Email, StringComparison.OrdinalIgnoreCase))
            return Refusal.Forbidden("account_offer.other_person", "This account was offered to another e-mail address. Sign in with the address that the letter came to.");
        if (!command.AcceptProcessing)
            return Refusal.Invalid("account_offer.dpa", "To take the account over, accept the data-processing agreement: it binds us to handle your customers' data only as you say.", nameof(command.AcceptProcessing));

        var now = clock.GetUtcNow();
        var account = await db.Accounts.FirstAsync(a => a.Id == offer.AccountId, ct);
        offer.Take(person, now);
        tenant.Enter(account.Id);
        db.Memberships.Add(Membership.Of(account.Id, person, Membership.Owner, now));
        db.Acceptances.Add(Acceptance.Of(person, account.Id, policies.Current("dpa"), "take_account_checkbox", ipHash: null, now));
        audit.Note("account.take_over", account.Id);
        await db.SaveChangesAsync(ct);
        return account.Slug;
    }
}
