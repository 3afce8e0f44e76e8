using Plura.Platform;

namespace Plura.Contacts.Contracts;

public sealed record ContactCreated(Guid ContactId) : IEvent;

public sealed record ContactDeleted(Guid ContactId) : IEvent;

/// <summary>A deleted contact came back from the bin, under its own id.</summary>
public sealed record ContactRestored(Guid ContactId) : IEvent;

/// <summary>An import finished; its counts stand on its page.</summary>
public sealed record ContactsImported(Guid ImportId) : IEvent;
