using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Brings a deleted company back under its own id, with those of its people who have no other company meanwhile.</summary>
public sealed record RestoreCompany
{
    public Guid Id { get; set; }
}

public sealed class RestoreCompanyHandler(PluraDb db, FieldBook fieldBook, UniqueValues uniqueValues, Assignees assignees, LiveContacts live, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(RestoreCompany command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await Held(db, command.Id, ct) is not { } binned)
            return Refusal.NotFound("company.not_in_bin", "This company is not in the bin any more.");
        var old = JsonSerializer.Deserialize<CompanySnapshot>(binned.Snapshot)!;
        await CompanyNames.Hold(db, old.Name, ct);
        if (await CompanyNames.Taken(db, old.Name, old.Id, ct) is { } taken)
            return taken with { Text = "You have another company of this name now. Rename that one first." };

        var now = clock.GetUtcNow();
        var company = Company.Return(old.Id, old.CreatedAt, now);
        company.Rename(old.Name);
        company.Reach(old.Website, old.Phone);
        company.Stand(old.Place);
        var known = (await fieldBook.Every(CustomField.OnCompanies, ct)).Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        company.Fill(old.Fields.Where(f => known.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal));
        company.Assign(await assignees.Still(old.Assignee is { } whose ? [whose] : [], ct) is [var still] ? still : null);
        company.Changed(now);
        if (await uniqueValues.Take(CustomField.OnCompanies, company.Id, company.Fields, ct) is { } twice)
            return twice;
        db.Companies.Add(company);
        db.CompanyBin.Remove(binned);
        db.CompanyChanges.Add(CompanyChange.New(company.Id, ContactChange.Restored, [], actor, now));
        await db.SaveChangesAsync(ct);
        await CompanyPeople.Return(db, old, ct);
        await db.Database.ExecuteSqlAsync($"select contacts.rename_company({company.Id}, {now})", ct);
        await live.Changed(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }

    /// <summary>As it stands in the bin, for nobody else to change until the caller's transaction ends.</summary>
    internal static Task<BinnedCompany?> Held(PluraDb db, Guid id, CancellationToken ct) =>
        db.CompanyBin.FromSql($"select * from contacts.company_bin where tenant_id = {db.Tenant.Id} and id = {id} for update").SingleOrDefaultAsync(ct);
}

public static class RestoreCompanyEndpoint
{
    public static void MapRestoreCompany(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/companies/{id:guid}/restore", async (Guid id, RestoreCompanyHandler handler, ReadCompany companies, CancellationToken ct) =>
            await (await handler.Handle(new RestoreCompany { Id = id }, ct)).AnswerWith(() => companies.One(id, ct))).RequirePermission("contacts.delete_companies").WithName("RestoreCompany");
}
