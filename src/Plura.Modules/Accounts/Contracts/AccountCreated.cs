using Plura.Platform;

namespace Plura.Accounts.Contracts;

/// <summary>A business signed up and its account exists.</summary>
public sealed record AccountCreated(Guid AccountId) : IEvent;
