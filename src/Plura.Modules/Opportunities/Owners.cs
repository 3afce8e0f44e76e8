using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Who can look after opportunities of this account.</summary>
public sealed class Owners(IAccountDirectory accounts, IContactDirectory contacts, Tenant tenant, Actor actor)
{
    private IReadOnlyList<UserCard>? people;

    public async Task<IReadOnlyList<UserCard>> People(CancellationToken ct) => people ??= await accounts.People(tenant.Id, ct);

    /// <summary>Who gets a new opportunity where nobody is named: nobody, or whoever adds it, if they see only their own.</summary>
    public Guid? Unnamed => tenant.Assignees is not { } seen ? null : actor.Id is { } me && seen.Contains(me) ? me : seen[0];

    /// <param name="text">A user's id, or <c>none</c>.</param>
    /// <param name="contact">The opportunity's contact: whoever sees only their own sees it by that too.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<Guid?>> Parse(string text, Guid contact, CancellationToken ct)
    {
        Guid? wanted = text is "none" or "" ? null : Guid.TryParse(text, out var id) ? id : Guid.Empty;
        if (wanted is not null && (await People(ct)).All(p => p.Id != wanted))
            return Refusal.Invalid("owner.unknown", "This person does not belong to the account. Choose somebody who does.", "Owner");
        var mine = tenant.Assignees is not { } assignees || (wanted is { } user && assignees.Contains(user));
        if (!mine && !(await contacts.Cards([contact], ct)).ContainsKey(contact))
            return Refusal.Invalid("owner.out_of_sight", "You would no longer see this opportunity. Ask somebody who sees all of them to give it away.", "Owner");
        return wanted;
    }
}
