using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>A finished message and the envelope it travels in: MIME between two mailboxes, or a text in UTF-8 between two numbers.</summary>
/// <param name="MessageId">Stable for the send, without angle brackets: the same on every attempt.</param>
/// <param name="EnvelopeFrom">Where bounces come back to.</param>
/// <param name="Bytes">A letter as DATA carries it, with CRLF line ends and without dot stuffing; a text message's own text.</param>
public sealed record ComposedMessage(Guid SendId, string MessageId, string EnvelopeFrom, string EnvelopeTo, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Of a text message: where its carrier fetches the files that go along.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>Turns stored contents into letters. Scoped: it works inside one account.</summary>
public interface IComposer
{
    /// <summary>Compiles a stored content once; the pump keeps the letter for as long as it sends it.</summary>
    Task<ICompiledLetter> Compile(Guid contentId, CancellationToken ct);
}

/// <summary>A letter whose template is compiled and whose fixed parts are encoded.</summary>
public interface ICompiledLetter : ICompiledMessage
{
    LetterContent Content { get; }

    string ICompiledMessage.Channel => Channels.Email;

    string ICompiledMessage.Topic => Content.Topic;

    string ICompiledMessage.Category => Content.Category;
}

/// <summary>A message ready to be written for anyone, whatever it goes by.</summary>
public interface ICompiledMessage
{
    /// <summary>See <see cref="Channels"/>.</summary>
    string Channel { get; }

    string Topic { get; }

    string Category { get; }

    /// <summary>The sender's postal address stands in it, as marketing mail must show.</summary>
    bool HasPostalAddress { get; }

    /// <summary>It carries a working way to unsubscribe.</summary>
    bool HasUnsubscribe { get; }

    /// <summary>Of a text: how fast its number may send; null where nothing holds it back.</summary>
    PaceOfNumber? Pace => null;

    /// <summary>Writes it for one recipient. Pure computation, safe from many threads.</summary>
    ComposedMessage Compose(SendToWrite send);

    /// <summary>Adds what only this channel's rules ask.</summary>
    GateQuestion Ask(GateQuestion question, Recipient? recipient) => question;
}

/// <summary>One row of the send ledger, with what its letter needs to know.</summary>
public sealed record SendToWrite(Guid SendId, string MessageId, Guid ContactPointId, Recipient Recipient, DateTimeOffset At);
