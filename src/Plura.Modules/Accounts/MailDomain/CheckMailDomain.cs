using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Looks whether the agency's domain for mail has its record. With it the domain counts from now on, without it no longer.</summary>
public sealed record CheckMailDomain;

public sealed class CheckMailDomainHandler(PluraDb db, CurrentAgency agency, MailDomains domains, IAudit audit, TimeProvider clock)
{
    /// <summary>Answers whether the record was found.</summary>
    public async Task<Result<bool>> Handle(CheckMailDomain command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var id = agency.Id;
        if (await db.AgencyBrands.Where(b => b.AgencyId == id).Select(b => b.SenderDomain).FirstOrDefaultAsync(ct) is not { } domain)
            return Refusal.NotFound("mail_domain.none", "Enter the domain and save first.");
        var found = await domains.Ask(id, domain, ct);
        if (!found.Ok)
            return found;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await domains.Hold(db, id, domain, ct) is not { } brand)
            return Refusal.Conflict("mail_domain.changed", "Somebody entered another domain just now. Look at it, then check again.");
        brand.Checked(found.Value, clock.GetUtcNow());
        audit.Note("agency.check_mail_domain", id, new Dictionary<string, string>(StringComparer.Ordinal) { ["found"] = found.Value ? "yes" : "no" });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return found.Value;
    }
}

/// <summary>Asks the name system about an agency's domain for mail.</summary>
public sealed class MailDomains(IDnsTexts dns, IMailKey keys)
{
    public const string NoKey = "mail_domain.no_key";

    /// <summary>Whether the domain has the agency's record; refused where nobody can tell.</summary>
    public async Task<Result<bool>> Ask(Guid agency, string domain, CancellationToken ct)
    {
        if (keys.Published() is not { } key)
            return Refusal.Conflict(NoKey, "This installation has no key yet with which it could sign mail. Ask whoever runs it.");
        if (await dns.Texts(MailDomainRecord.Name(key, domain), ct) is not { } texts)
            return Refusal.Invalid("mail_domain.unreachable", "We could not ask the name system just now. Nothing was changed: please try again in a few minutes.");
        return MailDomainRecord.Fits(texts, key, agency);
    }

    /// <summary>Holds the agency's brand until the transaction ends, so that what was found is noted for the domain that was asked about; null where it is another one by now.</summary>
    public async Task<AgencyBrand?> Hold(PluraDb db, Guid agency, string domain, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from accounts.agency_brand where agency_id = {agency} for update", ct);
        return await db.AgencyBrands.FirstOrDefaultAsync(b => b.AgencyId == agency && b.SenderDomain == domain, ct);
    }
}
