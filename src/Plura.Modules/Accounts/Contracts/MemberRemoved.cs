using Plura.Platform;

namespace Plura.Accounts.Contracts;

/// <summary>Somebody no longer belongs to the account.</summary>
/// <param name="UserId">Who.</param>
/// <param name="HandTo">Who takes over what was assigned to them; null where it stays as it is.</param>
public sealed record MemberRemoved(Guid UserId, Guid? HandTo) : IEvent;
