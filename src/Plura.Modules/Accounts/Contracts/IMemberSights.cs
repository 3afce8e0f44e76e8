namespace Plura.Accounts.Contracts;

/// <summary>Who of the scope's account may do something, and whose contacts each of them sees: to whom something about a contact can be given.</summary>
public interface IMemberSights
{
    /// <summary>Those who may do it, by name.</summary>
    /// <param name="permission">As a module declares it: <c>conversations.write</c>.</param>
    /// <param name="ct">Stops it.</param>
    Task<IReadOnlyList<MemberSight>> Who(string permission, CancellationToken ct);
}

/// <param name="Person">One of the account's people.</param>
/// <param name="Assignees">Whose contacts they see; null for everybody's.</param>
public sealed record MemberSight(UserCard Person, IReadOnlyList<Guid>? Assignees)
{
    /// <param name="assignee">Who looks after the contact; null for nobody.</param>
    public bool Sees(Guid? assignee) => Assignees is null || (assignee is { } user && Assignees.Contains(user));
}
