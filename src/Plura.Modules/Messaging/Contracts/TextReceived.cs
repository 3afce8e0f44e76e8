using Plura.Platform;

namespace Plura.Messaging.Contracts;

/// <summary>Somebody sent us a text. What it says is asked for by <see cref="IReceivedTexts"/>; it stands in one row, encrypted under their key.</summary>
/// <param name="TextId">The received text.</param>
/// <param name="ContactId">Whose number it came from; null where the number is nobody's (a STOP makes no contact).</param>
/// <param name="ContactPointId">Their number, where an answer goes.</param>
/// <param name="Number">Our own number, to which it was sent.</param>
/// <param name="Meaning"><c>message</c>, <c>stop</c>, <c>likely_stop</c>, <c>start</c> or <c>help</c>. All but the first were dealt with already.</param>
public sealed record TextReceived(Guid TextId, Guid? ContactId, Guid? ContactPointId, string Number, string Meaning) : IEvent;

/// <summary>A carrier said what became of a text after it had taken it.</summary>
/// <param name="Outcome"><c>delivered</c> or <c>undelivered</c>.</param>
public sealed record TextDelivered(Guid SendId, Guid ContactId, string Outcome) : IEvent
{
    /// <summary>Whose it was, as in the ledger: <c>reply</c>.</summary>
    public string? Origin { get; init; }

    public Guid? OriginId { get; init; }
}

/// <summary>What people wrote to us, as far as their keys still open it.</summary>
public interface IReceivedTexts
{
    /// <summary>A missing one does not exist, or its sender was forgotten.</summary>
    Task<IReadOnlyDictionary<Guid, TextBody>> Read(IReadOnlyCollection<Guid> textIds, CancellationToken ct);
}

/// <param name="From">The sender's number in E.164.</param>
/// <param name="Media">Pictures and other files that came along.</param>
public sealed record TextBody(Guid TextId, string From, string Text, DateTimeOffset At, IReadOnlyList<TextMedia> Media);

/// <summary>A picture or another file of a text message (MMS), where its carrier keeps it.</summary>
/// <param name="Url">Where it is fetched.</param>
/// <param name="Type">What the carrier says that it is: <c>image/jpeg</c>.</param>
public sealed record TextMedia(string Url, string Type);

/// <summary>Fetches what came with a text from whoever carries texts here.</summary>
public interface ITextMedia
{
    /// <summary>More is not fetched.</summary>
    const int Largest = 10_000_000;

    Task<FetchedMedia> Fetch(TextMedia media, CancellationToken ct);
}

/// <param name="Bytes">The file; null where the carrier does not have it, or not for us, or it is too large.</param>
/// <param name="Later">The carrier does not answer now: another try may find it.</param>
public sealed record FetchedMedia(byte[]? Bytes, bool Later = false);
