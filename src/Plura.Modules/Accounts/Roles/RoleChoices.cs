using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A role as people are given it.</summary>
/// <param name="Value">What a form posts: the built-in role's word, or the own role's id.</param>
/// <param name="Role">A membership's <see cref="Membership.Role"/>.</param>
public sealed record RoleChoice(string Value, string Role, Guid? RoleId, string Name, string Hint, IReadOnlySet<string> Permissions);

/// <summary>The roles of this account, and which of them whoever acts may give: nobody gives more than they have, and only an owner makes an owner.</summary>
public sealed class RoleChoices(PluraDb db, RoleBook book, Tenant tenant, Actor actor)
{
    private List<RoleChoice>? all;

    public static readonly IReadOnlyList<(string Role, string Name, string Hint)> BuiltIn =
    [
        (Membership.Owner, "Owner", "May do everything, and is the only one who makes other owners."),
        (Membership.Admin, "Admin", "Runs the account: settings, people, sending to many."),
        (Membership.Member, "Member", "Does the daily work."),
        (Membership.ReadOnly, "Read-only", "Looks, and changes nothing."),
    ];

    public async Task<IReadOnlyList<RoleChoice>> All(CancellationToken ct)
    {
        if (all is not null)
            return all;
        var own = await db.Roles.AsNoTracking().OrderBy(r => r.Name).ToListAsync(ct);
        return all =
        [
            .. BuiltIn.Select(r => new RoleChoice(r.Role, r.Role, null, r.Name, r.Hint, book.OfMember(r.Role, null).ToHashSet(StringComparer.Ordinal))),
            .. own.Select(r => new RoleChoice(r.Id.ToString(), Membership.Custom, r.Id, r.Name, "A role of your own.", book.OfMember(Membership.Custom, r.Permissions).ToHashSet(StringComparer.Ordinal))),
        ];
    }

    public async Task<RoleChoice> Of(string role, Guid? roleId, CancellationToken ct) =>
        (await All(ct)).First(r => r.Role == role && r.RoleId == roleId);

    /// <summary>Those that whoever acts may give.</summary>
    public async Task<IReadOnlyList<RoleChoice>> Givable(CancellationToken ct)
    {
        var owner = await ActorIsOwner(ct);
        return [.. (await All(ct)).Where(r => Within(r, owner))];
    }

    /// <summary>The role, or the sentence that says why it cannot be given.</summary>
    public async Task<Result<RoleChoice>> Give(string value, CancellationToken ct)
    {
        if ((await All(ct)).FirstOrDefault(r => r.Value == value) is not { } choice)
            return Refusal.Invalid("role.unknown", "Choose a role from the list.", "Role");
        var owner = await ActorIsOwner(ct);
        if (choice.Role == Membership.Owner && !owner)
            return Refusal.Invalid("role.owner", "Only an owner makes somebody an owner.", "Role");
        return Within(choice, owner) ? choice : Refusal.Invalid("role.too_much", "This role may do more than you may yourself. Ask an owner to give it.", "Role");
    }

    /// <summary>Whether somebody in this role may be changed or removed by whoever acts.</summary>
    public async Task<bool> Below(RoleChoice choice, CancellationToken ct) => Within(choice, await ActorIsOwner(ct));

    private bool Within(RoleChoice choice, bool owner) => (owner || choice.Role != Membership.Owner) && choice.Permissions.All(actor.May);

    private async Task<bool> ActorIsOwner(CancellationToken ct) => actor.Kind == ActorKind.System
        || (actor is { Kind: ActorKind.User, Id: { } user } && await db.Memberships.AnyAsync(m => m.AccountId == tenant.Id && m.UserId == user && m.Role == Membership.Owner, ct));
}
