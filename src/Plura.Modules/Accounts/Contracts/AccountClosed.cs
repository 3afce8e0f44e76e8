using Plura.Platform;

namespace Plura.Accounts.Contracts;

/// <summary>An owner closed the account: whatever runs in it by itself stops. Opened again, nothing of it starts by itself.</summary>
public sealed record AccountClosed(Guid AccountId) : IEvent;
