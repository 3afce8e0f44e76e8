using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Who can look after conversations of this account, and what they are called.</summary>
public sealed class Colleagues(IAccountDirectory accounts, Tenant tenant)
{
    private IReadOnlyList<UserCard>? people;

    public async Task<IReadOnlyList<UserCard>> People(CancellationToken ct) => people ??= await accounts.People(tenant.Id, ct);

    public async Task<string> Name(Guid user, CancellationToken ct) => (await Names(ct)).GetValueOrDefault(user, Left);

    public async Task<IReadOnlyDictionary<Guid, string>> Names(CancellationToken ct) => (await People(ct)).ToDictionary(p => p.Id, p => p.Name);

    /// <summary>What somebody is called who is not here any more.</summary>
    public const string Left = "Somebody who has left";

    /// <param name="text">A user's id, or <c>none</c>.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<Guid?>> Parse(string? text, CancellationToken ct)
    {
        if (text is null or "none")
            return (Guid?)null;
        if (Guid.TryParse(text, out var id) && (await People(ct)).Any(p => p.Id == id))
            return (Guid?)id;
        return Refusal.Invalid("assignee.unknown", "This person does not belong to the account. Choose somebody who does.", "Assignee");
    }
}
