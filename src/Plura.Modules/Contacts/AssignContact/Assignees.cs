using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Whom contacts of this account can be assigned to by whoever acts.</summary>
public sealed class Assignees(PluraDb db, IAccountDirectory accounts, Tenant tenant, Actor actor)
{
    private IReadOnlyList<UserCard>? everybody;

    /// <summary>All of the account's people, also those to whom whoever acts may give nothing: their names stand on contacts.</summary>
    public async Task<IReadOnlyList<UserCard>> Everybody(CancellationToken ct) => everybody ??= await accounts.People(tenant.Id, ct);

    /// <summary>Those to whom whoever acts may give a contact and still see it.</summary>
    public async Task<IReadOnlyList<UserCard>> People(CancellationToken ct) => [.. (await Everybody(ct)).Where(p => tenant.Assignees?.Contains(p.Id) != false)];

    /// <summary>Those of them who still belong to the account: what comes back from the bin is nobody's who left meanwhile.</summary>
    public async Task<IReadOnlyList<Guid>> Still(IEnumerable<Guid> people, CancellationToken ct) => [.. people.Intersect((await Everybody(ct)).Select(p => p.Id))];

    /// <summary>For a new contact: whoever sees only a part keeps what they add for themselves.</summary>
    public async Task<Result<Guid?>> Of(Guid? wanted, CancellationToken ct)
    {
        if (wanted is null)
            return tenant.Assignees is null ? null : actor.Id;
        if ((await Everybody(ct)).All(p => p.Id != wanted))
            return Refusal.Invalid("assignee.unknown", "This person does not belong to the account. Choose somebody who does.", "Assignee");
        return (await People(ct)).Any(p => p.Id == wanted) ? wanted : Out;
    }

    /// <summary>Those of the contacts whom nobody has.</summary>
    public Task<Guid[]> Nobodys(Guid[] contacts, CancellationToken ct) => db.Contacts.Where(c => contacts.Contains(c.Id) && c.AssigneeId == null).OrderBy(c => c.Id).Select(c => c.Id).ToArrayAsync(ct);

    /// <param name="text">A user's id, or <c>none</c>.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<Guid?>> Parse(string text, CancellationToken ct)
    {
        if (text is "none" or "")
            return tenant.Assignees is null ? (Guid?)null : Out;
        return Guid.TryParse(text, out var id) ? await Of(id, ct) : Refusal.Invalid("assignee.unknown", "Choose somebody from the list.", "Assignee");
    }

    /// <summary>The line of the contact's story.</summary>
    public async Task<ContactChange> Change(Guid contactId, Guid? to, DateTimeOffset now, CancellationToken ct) =>
        ContactChange.New(contactId, ContactChange.Assigned, new(StringComparer.Ordinal) { ["to"] = [(await Everybody(ct)).FirstOrDefault(p => p.Id == to)?.Name ?? ""] }, actor, now);

    private static Refusal Out => Refusal.Invalid("assignee.out_of_sight", "You would no longer see this contact. Ask somebody who sees all contacts to give it away.", "Assignee");
}
