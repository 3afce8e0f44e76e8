using Plura.Platform;

namespace Plura.Messaging.Contracts;

/// <summary>Every send of the origin has reached its end (unknown ones wait for a person).</summary>
public sealed record SendsFinished(string Origin, Guid OriginId) : IEvent;

/// <summary>Sending stopped by itself because too many messages failed.</summary>
public sealed record SendsPaused(string Origin, Guid OriginId, string Reason) : IEvent;

/// <summary>The carrier of a text said that its reader told it to let none through.</summary>
public sealed record MessageStopListed(Guid SendId, Guid ContactId) : IEvent;

/// <summary>A mail server or a mailbox provider told later what became of a letter: it came back, it waits, its reader pressed Spam.</summary>
public sealed record LetterReported(Guid SendId, Guid ContactId, string Origin, Guid OriginId) : IEvent;

/// <summary>A receiver said "later" for so long that nobody tries any more.</summary>
public sealed record MessageGivenUp(Guid SendId, Guid ContactId) : IEvent;

/// <summary>A send found an address dead.</summary>
public sealed record MessageBounced(Guid SendId, Guid ContactId) : IEvent;
