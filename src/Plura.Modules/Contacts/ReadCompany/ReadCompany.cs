using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>A company as pages and the API show it.</summary>
public sealed record CompanyView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Website { get; init; }

    public required string Phone { get; init; }

    public required string Street { get; init; }

    public required string PostalCode { get; init; }

    public required string City { get; init; }

    public required string Region { get; init; }

    public required string Country { get; init; }

    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>The user who looks after it.</summary>
    public Guid? Assignee { get; init; }

    /// <summary>How many contacts work there, of those that whoever asks may see.</summary>
    public required int People { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Reads companies with the number of their people: two statements, however many.</summary>
public sealed class ReadCompany(PluraDb db)
{
    public static Refusal Missing => Refusal.NotFound("company.missing", "This company does not exist, or it was deleted.");

    public async Task<CompanyView?> One(Guid id, CancellationToken ct) => await Many([id], ct) is [var company] ? company : null;

    /// <summary>In the order of the ids; those that do not exist are left out.</summary>
    public async Task<IReadOnlyList<CompanyView>> Many(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var tenant = db.Tenant.Id;
        var companies = await db.Companies.AsNoTracking().Where(c => c.TenantId == tenant && ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var people = await db.Contacts.Where(c => c.TenantId == tenant && c.CompanyId != null && ids.Contains(c.CompanyId.Value))
            .GroupBy(c => c.CompanyId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. ids.Where(companies.ContainsKey).Select(id => View(companies[id], people.GetValueOrDefault(id)))];
    }

    private static CompanyView View(Company company, int people) => new()
    {
        Id = company.Id,
        Name = company.Name,
        Website = company.Website,
        Phone = company.Phone,
        Street = company.Street,
        PostalCode = company.PostalCode,
        City = company.City,
        Region = company.Region,
        Country = company.Country,
        Fields = company.Fields,
        Assignee = company.AssigneeId,
        People = people,
        CreatedAt = company.CreatedAt,
        UpdatedAt = company.UpdatedAt,
    };
}

public static class ReadCompanyEndpoint
{
    public static void MapReadCompany(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/companies/{id:guid}", async (Guid id, ReadCompany companies, CancellationToken ct) =>
            await companies.One(id, ct) is { } company ? Results.Ok(company) : ReadCompany.Missing.Problem())
            .RequirePermission("contacts.read").WithName("ReadCompany");
}
