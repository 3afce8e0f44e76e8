using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Changes what is given and leaves what is not. A new name is the name on all its people too.</summary>
public sealed record EditCompany : CompanyDetails
{
    public Guid Id { get; set; }

    [KeepBlanks, StringLength(CompanyBook.LongestName, ErrorMessage = "A company's name has at most 200 characters.")]
    public string? Name { get; set; }

    /// <summary>The id of whoever looks after it; <c>none</c> for nobody.</summary>
    public string? Assignee { get; set; }

    /// <summary>The <c>updatedAt</c> that the editor saw, in ticks of UTC; where somebody changed the company since, nothing is overwritten.</summary>
    public long? Seen { get; set; }
}

public sealed class EditCompanyHandler(PluraDb db, FieldBook fieldBook, UniqueValues uniqueValues, AddressReader addresses, Assignees assignees, LiveContacts live, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(EditCompany command, CancellationToken ct)
    {
        var unfit = command.Invalid();
        if (ContactInput.Whole(command.Fields) is { } broken)
            return broken;
        var region = await addresses.Region(ct);
        var fields = await fieldBook.Read(CustomField.OnCompanies, command.Fields, Needed.WhatIsNamed, ct);
        var nameless = command.Name is not null && command.Name.Trim().Length == 0 ? Refusal.Invalid("company.name", "A company needs a name.", nameof(command.Name)) : null;
        unfit = Refusal.Together(unfit, nameless, ContactInput.Check(command.Name) is null ? null : CompanyNames.OneLine, fields.Refusal, command.CheckDetails(region));
        if (unfit is not null)
            return unfit;

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await db.Companies.SingleOrDefaultAsync(c => c.Id == command.Id, ct) is not { } company)
            return ReadCompany.Missing;
        if (command.Seen is { } seen && seen != company.UpdatedAt.UtcTicks)
            return Refusal.Conflict("company.changed", "This company was changed while you had it open, here in another window or by somebody else. What you typed is still below; open the company in another window, compare, and save again to keep yours.");
        var assigned = command.Assignee is null ? company.AssigneeId : await assignees.Parse(command.Assignee, ct);
        if (assigned.Refusal is { } notAPerson)
            return notAPerson;
        var now = clock.GetUtcNow();
        var old = CompanyFacts.Of(company);
        var name = command.Name?.Trim() ?? company.Name;
        var renamed = name != company.Name;
        // What may still be refused comes before anything is changed.
        if (renamed)
        {
            await CompanyNames.Hold(db, name, ct);
            if (await CompanyNames.Taken(db, name, company.Id, ct) is { } taken)
                return taken;
        }

        var values = new Dictionary<string, string>(company.Fields, StringComparer.Ordinal);
        foreach (var (key, value) in fields.Value)
            values[key] = value;
        if (await uniqueValues.Take(CustomField.OnCompanies, company.Id, values, ct) is { } twice)
            return twice;

        company.Rename(name);
        command.Put(company, fields.Value, region);
        var changes = ContactChanges.Between(old, CompanyFacts.Of(company));
        if (changes.Count == 0 && assigned.Value == company.AssigneeId)
            return Result.Done;
        company.Assign(assigned.Value);
        company.Changed(now);
        if (changes.Count > 0)
            db.CompanyChanges.Add(CompanyChange.New(company.Id, ContactChange.Edited, changes, actor, now));
        await db.SaveChangesAsync(ct);
        if (renamed)
        {
            await db.Database.ExecuteSqlAsync($"select contacts.rename_company({company.Id}, {now})", ct);
            await live.Changed(ct);
        }

        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class EditCompanyEndpoint
{
    public static void MapEditCompany(this IEndpointRouteBuilder routes) =>
        routes.MapPatch("/api/v1/companies/{id:guid}", async (Guid id, EditCompany command, EditCompanyHandler handler, ReadCompany companies, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => companies.One(id, ct))).RequirePermission("contacts.companies").WithName("EditCompany");
}
