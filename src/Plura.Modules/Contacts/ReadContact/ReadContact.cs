using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>A contact as pages and the API show it.</summary>
public sealed record ContactView
{
    public required Guid Id { get; init; }

    /// <summary>What people see: the name, else the company, else an address.</summary>
    public required string Name { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required string Company { get; init; }

    /// <summary>The company, by its id.</summary>
    public Guid? CompanyId { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public required IReadOnlyList<AddressView> Emails { get; init; }

    public required IReadOnlyList<AddressView> Phones { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public required string Source { get; init; }

    public DateOnly? DateOfBirth { get; init; }

    /// <summary>An IANA name; empty where it is not known.</summary>
    public required string TimeZone { get; init; }

    public required string Street { get; init; }

    public required string PostalCode { get; init; }

    public required string City { get; init; }

    public required string Region { get; init; }

    /// <summary>ISO 3166 alpha-2; empty where it is not known.</summary>
    public required string Country { get; init; }

    public bool Minor { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>The user who looks after this contact.</summary>
    public Guid? Assignee { get; init; }

    /// <summary>The users who want to know what becomes of this contact.</summary>
    public required IReadOnlyList<Guid> Followers { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <param name="Value">As typed.</param>
/// <param name="Normal">The one form by which it is matched.</param>
/// <param name="Primary">The main one of its kind.</param>
/// <param name="Label">What the account calls it; empty for nothing.</param>
public sealed record AddressView(Guid Id, string Value, string Normal, bool Primary, string Label, [property: System.Text.Json.Serialization.JsonIgnore] Guid Key);

/// <summary>Reads contacts with their addresses, tags and followers: four statements, however many.</summary>
public sealed class ReadContact(PluraDb db)
{
    public async Task<ContactView?> One(Guid id, CancellationToken ct) => await Many([id], ct) is [var contact] ? contact : null;

    /// <summary>In the order of the ids; those that do not exist are left out.</summary>
    public async Task<IReadOnlyList<ContactView>> Many(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var tenant = db.Tenant.Id;
        var contacts = await db.Contacts.AsNoTracking().Where(c => c.TenantId == tenant && ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var points = (await db.ContactPoints.AsNoTracking().Where(p => p.TenantId == tenant && ids.Contains(p.ContactId))
            .OrderByDescending(p => p.IsPrimary).ThenBy(p => p.Position).ToListAsync(ct)).ToLookup(p => p.ContactId);
        var tags = (await (
            from link in db.ContactTags
            join tag in db.Tags on new { link.TenantId, Id = link.TagId } equals new { tag.TenantId, tag.Id }
            where link.TenantId == tenant && ids.Contains(link.ContactId)
            orderby tag.Normal
            select new { link.ContactId, tag.Name }).ToListAsync(ct)).ToLookup(t => t.ContactId, t => t.Name);
        var followers = (await db.ContactFollowers.AsNoTracking().Where(f => f.TenantId == tenant && ids.Contains(f.ContactId))
            .OrderBy(f => f.Since).ThenBy(f => f.UserId).ToListAsync(ct)).ToLookup(f => f.ContactId, f => f.UserId);
        return [.. ids.Where(contacts.ContainsKey).Select(id => View(contacts[id], [.. points[id]], [.. tags[id]], [.. followers[id]]))];
    }

    private static ContactView View(Contact contact, IReadOnlyList<ContactPoint> points, IReadOnlyList<string> tags, IReadOnlyList<Guid> followers)
    {
        var emails = Addresses(points, ContactPoint.Email);
        var phones = Addresses(points, ContactPoint.Phone);
        return new ContactView
        {
            Id = contact.Id,
            Name = ContactText.Name(contact.FirstName, contact.LastName, contact.Company, (emails.FirstOrDefault() ?? phones.FirstOrDefault())?.Value),
            FirstName = contact.FirstName,
            LastName = contact.LastName,
            Company = contact.Company,
            CompanyId = contact.CompanyId,
            Email = emails.FirstOrDefault()?.Normal,
            Phone = phones.FirstOrDefault()?.Normal,
            Emails = emails,
            Phones = phones,
            Tags = tags,
            Fields = contact.Fields,
            Source = contact.Source,
            DateOfBirth = contact.DateOfBirth,
            TimeZone = contact.TimeZone,
            Street = contact.Street,
            PostalCode = contact.PostalCode,
            City = contact.City,
            Region = contact.Region,
            Country = contact.Country,
            Followers = followers,
            Minor = contact.Minor,
            ExternalId = contact.ExternalId,
            Assignee = contact.AssigneeId,
            CreatedAt = contact.CreatedAt,
            UpdatedAt = contact.UpdatedAt,
        };
    }

    private static List<AddressView> Addresses(IReadOnlyList<ContactPoint> points, string kind) =>
        [.. points.Where(p => p.Kind == kind).Select(p => new AddressView(p.Id, p.Value, p.Normal, p.IsPrimary, p.Label, p.AddressKey))];

    public static Refusal Missing => Refusal.NotFound("contact.missing", "This contact does not exist, or it was deleted.");
}

public static class ReadContactEndpoint
{
    public static void MapReadContact(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/contacts/{id:guid}", async (Guid id, ReadContact contacts, CancellationToken ct) =>
            await contacts.One(id, ct) is { } contact ? Results.Ok(contact) : ReadContact.Missing.Problem())
            .RequirePermission("contacts.read").WithName("ReadContact").ReadsPersonalData("contacts.read");
}
