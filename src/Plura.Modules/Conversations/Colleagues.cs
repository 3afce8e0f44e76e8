using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Who can look after conversations of this account, and what they are called.</summary>
public sealed class Colleagues(IAccountDirectory accounts, IMemberSights sights, IContactDirectory contacts, Tenant tenant)
{
    private IReadOnlyList<UserCard>? people;
    private IReadOnlyList<MemberSight>? writers;

    public async Task<IReadOnlyList<UserCard>> People(CancellationToken ct) => people ??= await accounts.People(tenant.Id, ct);

    public async Task<string> Name(Guid user, CancellationToken ct) => (await Names(ct)).GetValueOrDefault(user, Left);

    public async Task<IReadOnlyDictionary<Guid, string>> Names(CancellationToken ct) => (await People(ct)).ToDictionary(p => p.Id, p => p.Name);

    /// <summary>Those who may answer people, whatever they see.</summary>
    public async Task<IReadOnlyList<UserCard>> Answering(CancellationToken ct) => [.. (await Writers(ct)).Select(s => s.Person)];

    /// <summary>Those who may answer this contact: whom a conversation with them can be given to. A visitor whom nobody knows is seen by those who see everybody.</summary>
    public async Task<IReadOnlyList<UserCard>> Answering(Guid contact, CancellationToken ct) => await Seeing(await Writers(ct), contact, ct);

    /// <summary>Those who may read what is written with this contact: who can be called in a note.</summary>
    public async Task<IReadOnlyList<UserCard>> Reading(Guid contact, CancellationToken ct) => await Seeing(await sights.Who("conversations.read", ct), contact, ct);

    /// <summary>What somebody is called who is not here any more.</summary>
    public const string Left = "Somebody who has left";

    /// <param name="text">A user's id, or <c>none</c>.</param>
    /// <param name="among">Whom it can be.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<Guid?>> Parse(string? text, IReadOnlyList<UserCard> among, CancellationToken ct)
    {
        if (text is null or "none")
            return (Guid?)null;
        if (!Guid.TryParse(text, out var id) || (await People(ct)).FirstOrDefault(p => p.Id == id) is not { } person)
            return Refusal.Invalid("assignee.unknown", "This person does not belong to the account. Choose somebody else.", "Assignee");
        if (among.All(p => p.Id != id))
            return Refusal.Invalid("assignee.cannot", $"{person.Name} may not answer people, or does not see this contact. Choose somebody else.", "Assignee");
        return (Guid?)id;
    }

    private async Task<IReadOnlyList<MemberSight>> Writers(CancellationToken ct) => writers ??= await sights.Who("conversations.write", ct);

    private async Task<IReadOnlyList<UserCard>> Seeing(IReadOnlyList<MemberSight> those, Guid contact, CancellationToken ct)
    {
        if (those.All(s => s.Assignees is null))
            return [.. those.Select(s => s.Person)];
        var assignee = await contacts.LookedAfterBy(contact, ct);
        return [.. those.Where(s => s.Sees(assignee)).Select(s => s.Person)];
    }
}
