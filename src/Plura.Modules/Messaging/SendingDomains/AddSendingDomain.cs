using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Says from which domain the account writes, and makes its key. It counts once its DNS shows the key.</summary>
public sealed record AddSendingDomain
{
    /// <summary><c>sunrise.com</c>; an address at it, or its website, is understood as well.</summary>
    [Required(ErrorMessage = "Enter the domain you write from, for example sunrise.com."), StringLength(300, ErrorMessage = "That is too long for a domain.")]
    public string Name { get; set; } = "";
}

public sealed class AddSendingDomainHandler(PluraDb db, DomainKeyRing ring, IAudit audit, TimeProvider clock)
{
    private const int Most = 20;

    private static readonly RegularExpressionAttribute Shape = new(DomainNames.Shape);

    private static Refusal Exists => Refusal.Conflict("sending_domain.exists", "This domain stands in your list already.") with
    {
        Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { [nameof(AddSendingDomain.Name)] = ["This domain stands in your list already."] },
    };

    public async Task<Result<Guid>> Handle(AddSendingDomain command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (Read(command.Name) is not { } name)
            return Refusal.Invalid("sending_domain.name", "Write the domain alone: what stands behind the @ of your address, for example sunrise.com.", nameof(command.Name));
        if (MailProviders.Everybodys(name))
            return Refusal.Invalid("sending_domain.everybodys", $"{name} belongs to a mail provider, and nobody else can sign for it. Write from a domain of your own: the one of your website is a good choice.", nameof(command.Name));
        if (await db.SendingDomains.AnyAsync(d => d.Name == name && d.DeletedAt == null, ct))
            return Exists;
        if (await db.SendingDomains.CountAsync(d => d.DeletedAt == null, ct) >= Most)
            return Refusal.Limit("sending_domain.limit", $"An account has at most {Most} domains. Take one away first.");
        var domain = SendingDomain.New(name, clock.GetUtcNow());
        db.SendingDomains.Add(domain);
        db.DomainKeys.Add(ring.Make(db.Tenant.Id, domain.Id));
        LookAtSendingDomain.Plan(db, domain, clock.GetUtcNow());
        audit.Note("messaging.add_sending_domain", domain.Id);
        return await db.SaveUnless(SendingDomains.Names, Exists, ct) is { } refused ? refused : domain.Id;
    }

    /// <summary>What people paste: <c>info@sunrise.com</c>, <c>https://www.sunrise.com/</c>. Null where no domain is in it.</summary>
    public static string? Read(string typed)
    {
        var name = typed[(typed.LastIndexOf('@') + 1)..].Trim().ToLowerInvariant();
        if (name.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
            name = name[(scheme + 3)..];
        name = name.Split('/', '?', ':')[0].TrimEnd('.');
        if (name.StartsWith("www.", StringComparison.Ordinal))
            name = name[4..];
        return DomainNames.Ascii(name) is { Length: <= 200 } ascii && Shape.IsValid(ascii) ? ascii : null;
    }
}
