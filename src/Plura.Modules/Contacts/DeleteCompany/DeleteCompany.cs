using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Moves a company to the bin, from which it can come back with its people. The people themselves stay, without a company.</summary>
public sealed record DeleteCompany
{
    public Guid Id { get; set; }
}

/// <summary>A company as the bin keeps it.</summary>
public sealed record CompanySnapshot(
    Guid Id, string Name, string Website, string Phone, PostalPlace Place, Dictionary<string, string> Fields, Guid? Assignee, DateTimeOffset CreatedAt, List<Guid> People)
{
    /// <summary>Those of them who had nothing but the company, and keep its name for their own meanwhile.</summary>
    public List<Guid> Alone { get; init; } = [];
}

public sealed class DeleteCompanyHandler(PluraDb db, LiveContacts live, Actor actor, TimeProvider clock)
{
    /// <summary>Answers how many contacts worked there.</summary>
    public async Task<Result<int>> Handle(DeleteCompany command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // Held first, so that nobody joins between counting the people and letting them go.
        var held = await db.Database.ExecuteSqlAsync($"update contacts.company set updated_at = updated_at where tenant_id = {db.Tenant.Id} and id = {command.Id}", ct);
        if (held == 0 || await db.Companies.SingleOrDefaultAsync(c => c.Id == command.Id, ct) is not { } company)
            return ReadCompany.Missing;
        var now = clock.GetUtcNow();
        var people = await db.Contacts.Where(c => c.CompanyId == command.Id).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct);
        var points = db.ContactPoints;
        var alone = await db.Contacts.Where(c => c.CompanyId == command.Id && c.FirstName == "" && c.LastName == "" && !points.Any(p => p.ContactId == c.Id)).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct);
        var snapshot = new CompanySnapshot(company.Id, company.Name, company.Website, company.Phone, company.Place(), company.Fields, company.AssigneeId, company.CreatedAt, people) { Alone = alone };
        db.CompanyBin.Add(BinnedCompany.New(company.Id, company.Name, JsonSerializer.Serialize(snapshot), actor.Name, now));
        db.CompanyChanges.Add(CompanyChange.New(company.Id, ContactChange.Deleted, [], actor, now));
        await CompanyPeople.Leave(db, company, now, ct);
        db.Companies.Remove(company);
        await db.SaveChangesAsync(ct);
        await live.Changed(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return people.Count;
    }
}

/// <summary>The people of a company, all at once: their names in lists and their searches follow.</summary>
public static class CompanyPeople
{
    /// <summary>Whoever has nothing but the company keeps its name: a contact is never nobody.</summary>
    public static Task<int> Leave(PluraDb db, Company company, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        update contacts.contact c set company = '', company_id = null, updated_at = {now},
            first_name = case when n.alone then {company.Name} else c.first_name end,
            sort_name = contacts.fold(case when n.alone then {company.Name} else coalesce(nullif(btrim(c.first_name || ' ' || c.last_name), ''), p.normals[1], '') end),
            search_text = left(contacts.fold(array_to_string(array_remove(
                array[case when n.alone then {company.Name} else c.first_name end, c.last_name] || coalesce(p.normals, array[]::text[]), ''), ' ')), 2000)
        from contacts.contact o
        left join lateral (select array_agg(cp.normal order by cp.kind, not cp.is_primary, cp.position) as normals
                           from contacts.contact_point cp where cp.tenant_id = {db.Tenant.Id} and cp.contact_id = o.id) p on true
        cross join lateral (select o.first_name = '' and o.last_name = '' and p.normals is null as alone) n
        where o.tenant_id = {db.Tenant.Id} and o.company_id = {company.Id} and c.tenant_id = {db.Tenant.Id} and c.id = o.id
        """, ct);

    /// <summary>Those of them who still are, and have no other company now. Who was called by its name is nobody's name again.</summary>
    public static Task<int> Return(PluraDb db, CompanySnapshot company, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        update contacts.contact
        set company_id = {company.Id}, first_name = case when id = any({company.Alone}) and first_name = {company.Name} and last_name = '' then '' else first_name end
        where tenant_id = {db.Tenant.Id} and id = any({company.People}) and company_id is null
        """, ct);
}

public static class DeleteCompanyEndpoint
{
    public static void MapDeleteCompany(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/companies/{id:guid}", async (Guid id, DeleteCompanyHandler handler, CancellationToken ct) =>
        {
            var deleted = await handler.Handle(new DeleteCompany { Id = id }, ct);
            return deleted.Answer(_ => Microsoft.AspNetCore.Http.Results.NoContent());
        }).RequirePermission("contacts.delete_companies").WithName("DeleteCompany");
}
