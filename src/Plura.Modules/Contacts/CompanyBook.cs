using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>The account's companies by name; a new name makes a new company.</summary>
public sealed class CompanyBook(PluraDb db, Actor actor, TimeProvider clock)
{
    public const int LongestName = 200;
    private const int Offered = 200;

    /// <summary>The company of this name, made where it is new. Runs at once, so that two requests may name the same new company.</summary>
    public async Task<(Guid Id, string Name)> Named(string name, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        // Whoever sees only a part keeps what they add for themselves.
        var assignee = db.Tenant.Assignees is null ? null : actor.Id;
        var found = await db.Database.SqlQuery<NamedRow>($"""select id, name, made from contacts.name_company({id}, {name.Trim()}, {assignee}::uuid, {now})""").SingleAsync(ct);
        if (found.Made)
            db.CompanyChanges.Add(CompanyChange.New(found.Id, ContactChange.Created, new(StringComparer.Ordinal) { ["source"] = ["Named by a contact"] }, actor, now));
        return (found.Id, found.Name);
    }

    /// <summary>Names to choose from while typing: the newest ones.</summary>
    public async Task<IReadOnlyList<string>> Some(CancellationToken ct) =>
        await db.Companies.AsNoTracking().OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(Offered).OrderBy(c => c.Name).Select(c => c.Name).ToListAsync(ct);

    /// <summary>What a contact's command says about the company: an id, a name, or nothing; refused where the id is nobody's.</summary>
    public async Task<Result<(Guid Id, string Name)?>> Of(Guid? id, string? name, CancellationToken ct)
    {
        if (id is { } wanted)
        {
            return await db.Companies.AsNoTracking().Where(c => c.Id == wanted).Select(c => new { c.Id, c.Name }).SingleOrDefaultAsync(ct) is { } known
                ? ((Guid, string)?)(known.Id, known.Name) : Refusal.Invalid("company.missing", "This company does not exist, or it was deleted.", "Company");
        }

        return string.IsNullOrWhiteSpace(name) ? ((Guid, string)?)null : await Named(name, ct);
    }

    private sealed record NamedRow(Guid Id, string Name, bool Made);
}
