using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// An agency opens an account for a business. It belongs to the business: its owner is asked by letter, and the agency is not inside,
/// unless the person says that they run it themselves.
/// </summary>
public sealed record CreateAccount
{
    [Required(ErrorMessage = "Enter the name of the business."), StringLength(120, ErrorMessage = "A business name has at most 120 characters.")]
    public string Name { get; set; } = "";

    /// <summary>ISO 3166 alpha-2.</summary>
    [Required(ErrorMessage = "Choose the country."), RegularExpression("^[A-Z]{2}$", ErrorMessage = "Choose the country from the list.")]
    public string Country { get; set; } = "";

    /// <summary>An IANA name.</summary>
    [Required(ErrorMessage = "Choose the time zone.")]
    public string TimeZone { get; set; } = "";

    /// <summary><c>them</c>: the owner is asked at <see cref="OwnerEmail"/>. <c>me</c>: whoever opens it owns it.</summary>
    [Required(ErrorMessage = "Say who owns the account."), RegularExpression("^(them|me)$", ErrorMessage = "Say who owns the account.")]
    public string Owner { get; set; } = "them";

    [EmailAddress(ErrorMessage = "This does not look like an e-mail address."), StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
    public string? OwnerEmail { get; set; }

    /// <summary>Asked of the owner: here only where that is the person who opens it.</summary>
    public bool AcceptProcessing { get; set; }
}

public sealed class CreateAccountHandler(PluraDb db, CurrentAgency agency, Actor actor, Slugs slugs, IPolicyVersions policies, AccountOffers offers, AgencyAge age, InvitationLimits limits, DisposableDomains disposable, BothLogs logs, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(CreateAccount command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(command.TimeZone) is null)
            return Refusal.Invalid("account.time_zone", "Choose the time zone from the list.", nameof(command.TimeZone));
        var mine = string.Equals(command.Owner, "me", StringComparison.Ordinal);
        if (!mine && command.OwnerEmail is null)
            return Refusal.Invalid("account.owner", "Enter the owner's e-mail address: they get a letter and take the account over.", nameof(command.OwnerEmail));
        if (mine && !command.AcceptProcessing)
            return Refusal.Invalid("account.dpa", "To run this account, accept the data-processing agreement for it.", nameof(command.AcceptProcessing));

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await age.Refuses(agency.Id, ct) is { } tooMany)
            return tooMany;
        if (!mine && await limits.OfAgencyExceeded(agency.Id, letters: 1, ct) is { } exceeded)
            return exceeded;
        var (now, by) = (clock.GetUtcNow(), actor.Id!.Value);
        var me = await db.Users.FirstAsync(u => u.Id == by, ct);
        var account = Account.Open(agency.Id, await slugs.Free(command.Name, ct), command.Name, command.Country, command.TimeZone, command.OwnerEmail ?? me.Email!, now);
        db.Accounts.Add(account);
        logs.Note("agency.create_account", account.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["owner"] = command.Owner });
        db.Publish(new AccountCreated(account.Id), account.Id);
        if (mine)
        {
            db.Memberships.Add(Membership.Of(account.Id, by, Membership.Owner, now));
            db.Acceptances.Add(Acceptance.Of(by, account.Id, policies.Current("dpa"), "create_account_checkbox", ipHash: null, now));
        }
        else
        {
            await offers.Make(account.Id, command.OwnerEmail!, ct);
        }

        db.Enqueue(new WeighNewAccount(account.Id, disposable.Has(DomainNames.Of(account.SenderEmail))));
        await BothLogs.Enter(db, account.Id, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return account.Id;
    }
}
