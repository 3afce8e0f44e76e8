using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Adds a company; refused where there is one of this name.</summary>
public sealed record CreateCompany : CompanyDetails
{
    [Required(ErrorMessage = "Give the company's name."), StringLength(CompanyBook.LongestName, ErrorMessage = "A company's name has at most 200 characters.")]
    public string Name { get; set; } = "";

    /// <summary>Who looks after it: the id of somebody who belongs to the account.</summary>
    public Guid? Assignee { get; set; }
}

public sealed class CreateCompanyHandler(PluraDb db, FieldBook fieldBook, UniqueValues uniqueValues, AddressReader addresses, Assignees assignees, Actor actor, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(CreateCompany command, CancellationToken ct)
    {
        var unfit = command.Invalid();
        if (ContactInput.Whole(command.Fields) is { } broken)
            return broken;
        var region = await addresses.Region(ct);
        var fields = await fieldBook.Read(CustomField.OnCompanies, command.Fields, Needed.Everything, ct);
        unfit = Refusal.Together(unfit, ContactInput.Check(command.Name) is null ? null : CompanyNames.OneLine, fields.Refusal, command.CheckDetails(region));
        if (unfit is not null)
            return unfit;
        var assignee = await assignees.Of(command.Assignee, ct);
        if (assignee.Refusal is { } notAPerson)
            return notAPerson;

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await CompanyNames.Hold(db, command.Name, ct);
        if (await CompanyNames.Taken(db, command.Name, except: null, ct) is { } taken)
            return taken;
        var now = clock.GetUtcNow();
        var company = Company.New(now);
        company.Rename(command.Name);
        command.Put(company, fields.Value, region);
        company.Assign(assignee.Value);
        company.Changed(now);
        if (await uniqueValues.Take(CustomField.OnCompanies, company.Id, company.Fields, ct) is { } twice)
            return twice;
        db.Companies.Add(company);
        db.CompanyChanges.Add(CompanyChange.New(company.Id, ContactChange.Created, [], actor, now));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return company.Id;
    }
}

/// <summary>One company has one name, and one name is one company's.</summary>
public static class CompanyNames
{
    public static Refusal OneLine => Refusal.Invalid("company.name", "A company's name is written on one line.", nameof(CreateCompany.Name));

    /// <summary>Until the transaction ends nobody else gives this name: the sentence would come too late for one of two.</summary>
    public static Task Hold(PluraDb db, string name, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(20583, hashtext({db.Tenant.Id + ContactText.Fold(name)}))", ct);

    /// <summary>The company that has the name, by a function that also knows those which the session does not see; it is named only to whoever sees it.</summary>
    public static async Task<Refusal?> Taken(PluraDb db, string name, Guid? except, CancellationToken ct)
    {
        var normal = ContactText.Fold(name);
        var holders = await db.Database.SqlQuery<Guid>($"""select contacts.company_of_name({normal}) as "Value" """).ToListAsync(ct);
        if (holders.Count == 0 || holders[0] == except || holders[0] == Guid.Empty)
            return null;
        var seen = await db.Companies.AnyAsync(c => c.Id == holders[0], ct);
        var text = seen ? "You already have a company of this name." : "Somebody else in your business has a company of this name. Ask for it to be assigned to you.";
        return Refusal.Conflict("company.exists", text, seen ? holders[0] : null)
            with
        { Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { [nameof(CreateCompany.Name)] = [text] } };
    }
}

public static class CreateCompanyEndpoint
{
    public static void MapCreateCompany(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/companies", async (CreateCompany command, CreateCompanyHandler handler, ReadCompany companies, CancellationToken ct) =>
        {
            var created = await handler.Handle(command, ct);
            return created.Refusal is { } refusal
                ? refusal.Problem()
                : Results.Created($"/api/v1/companies/{created.Value}", await companies.One(created.Value, ct));
        }).RequirePermission("contacts.companies").WithName("CreateCompany");
}
