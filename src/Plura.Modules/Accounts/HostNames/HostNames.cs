using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Where a host name says whose it is.</summary>
public static class HostNames
{
    public static string RecordName(string host) => "_plura." + host;

    public static string RecordText(AgencyHost host) => "plura-host=" + host.Proof;
}

/// <summary>An agency says that a host name is its own. It counts only once it is confirmed.</summary>
public sealed record ClaimHost
{
    [Required(ErrorMessage = "Enter the host name."), StringLength(200, ErrorMessage = "A host name has at most 200 characters."), RegularExpression(DomainNames.Shape, ErrorMessage = "Write the name alone, without https:// and without a path, for example app.sunrise.com.")]
    public string Host { get; set; } = "";
}

public sealed class ClaimHostHandler(PluraDb db, CurrentAgency agency, IAudit audit, TimeProvider clock)
{
    private const int Most = 10;

    public async Task<Result<Guid>> Handle(ClaimHost command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var (id, name) = (agency.Id, command.Host.ToLowerInvariant());
        if (await db.AgencyHosts.AnyAsync(h => h.AgencyId == id && h.Host == name, ct))
            return Refusal.Invalid("host.claimed", "This name stands in your list already.", nameof(command.Host));
        if (await db.AgencyHosts.CountAsync(h => h.AgencyId == id, ct) >= Most)
            return Refusal.Limit("host.many", "An agency has at most ten host names. Take one away first.");
        var host = AgencyHost.Claim(id, name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), clock.GetUtcNow());
        db.AgencyHosts.Add(host);
        audit.Note("agency.claim_host", host.Id);
        await db.SaveChangesAsync(ct);
        return host.Id;
    }
}

/// <summary>Looks whether the name itself says that it belongs to the agency; or the operator, who knows them, says so.</summary>
public sealed record ConfirmHost
{
    public Guid Id { get; set; }
}

public sealed class ConfirmHostHandler(PluraDb db, CurrentAgency agency, IDnsTexts dns, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(ConfirmHost command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var (mine, byOperator) = (agency.Current, agency.Current is null);
        if (await db.AgencyHosts.FirstOrDefaultAsync(h => h.Id == command.Id && (mine == null || h.AgencyId == mine), ct) is not { } host)
            return Refusal.NotFound("host.unknown", "There is no such host name.");
        if (host.ConfirmedAt is not null)
            return Result.Done;
        if (await db.AgencyHosts.AnyAsync(h => h.Host == host.Host && h.ConfirmedAt != null, ct))
            return Refusal.Conflict("host.taken", "This name is in use by somebody else here. If it is yours, write to us by the contact page.");
        if (!byOperator && await Missing(host, ct) is { } missing)
            return missing;
        host.Confirm(byOperator ? "operator" : "dns", clock.GetUtcNow());
        audit.Note("agency.confirm_host", host.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = host.ConfirmedBy! });
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }

    private async Task<Refusal?> Missing(AgencyHost host, CancellationToken ct) => await dns.Texts(HostNames.RecordName(host.Host), ct) switch
    {
        null => Refusal.Invalid("host.unreachable", "We could not ask the name system just now. Nothing was changed: please try again in a few minutes."),
        var texts when texts.Contains(HostNames.RecordText(host), StringComparer.Ordinal) => null,
        _ => Refusal.Invalid("host.not_proven", $"{HostNames.RecordName(host.Host)} does not say yet that the name is yours. A new record can take an hour to be seen: please try again later."),
    };
}

/// <summary>The agency no longer wants a name; requests by it get the installation's own look from then on.</summary>
public sealed record DropHost
{
    public Guid Id { get; set; }
}

public sealed class DropHostHandler(PluraDb db, CurrentAgency agency, IAudit audit)
{
    public async Task<Result> Handle(DropHost command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var mine = agency.Id;
        if (await db.AgencyHosts.FirstOrDefaultAsync(h => h.Id == command.Id && h.AgencyId == mine, ct) is not { } host)
            return Refusal.NotFound("host.unknown", "There is no such host name.");
        db.Remove(host);
        audit.Note("agency.drop_host", host.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
