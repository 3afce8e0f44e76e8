namespace Plura.Messaging;

/// <summary>Carries letters. Where none is registered the gate denies every letter with <c>no_transport</c>.</summary>
public interface IEmailTransport : ITransport;

/// <summary>
/// Carries text messages: the envelope names two numbers in E.164, the message is the text in UTF-8. Where none is registered the gate denies every
/// text with <c>no_transport</c>.
/// </summary>
public interface ITextTransport : ITransport
{
    /// <summary>It fetches files that a message names, and brings them along (MMS).</summary>
    bool CarriesFiles => false;

    /// <summary>What people answer reaches us, their STOP above all; else no marketing goes by it.</summary>
    bool BringsAnswers => true;
}

/// <summary>Carries answers in web chats: the envelope names the answer and the visitor's session, the message is the text in UTF-8.</summary>
public interface IChatTransport : ITransport;

/// <summary>The port through which messages leave; an adapter implements it for its channel.</summary>
public interface ITransport
{
    /// <summary>What the decision and the reconciliation call it, for example <c>smtp</c>.</summary>
    string Name { get; }

    /// <summary>How many sessions may be open at once. It bounds how many sends can become <c>unknown</c> when the process is killed.</summary>
    int Connections { get; }

    /// <summary>Opens a session, or throws <see cref="TransportDownException"/>; nothing has been handed over then.</summary>
    Task<ITransportSession> Open(CancellationToken ct);
}

/// <summary>One connection; used by one worker at a time.</summary>
public interface ITransportSession : IAsyncDisposable
{
    /// <summary>False once the connection is of no further use; the worker then opens another.</summary>
    bool Usable { get; }

    /// <summary>Hands one message over. Every ending has a name; nothing is thrown, cancellation only shortens the wait.</summary>
    Task<HandOff> Send(AuthorizedMessage message, CancellationToken ct);
}

public enum HandOffOutcome
{
    /// <summary>The receiver took responsibility (2xx after the final dot).</summary>
    Accepted,

    /// <summary>Not now (4xx): try again later.</summary>
    Deferred,

    /// <summary>The address is dead (5xx about the mailbox or its domain).</summary>
    Bounced,

    /// <summary>The receiver does not want it from us (any other 5xx: policy, content, reputation).</summary>
    Refused,

    /// <summary>The carrier's own list says that the reader wants none: it counts as their no to us.</summary>
    StopListed,

    /// <summary>The connection broke after the final dot went out: nobody knows.</summary>
    Unknown,

    /// <summary>The connection broke before the message had ended: it was certainly not taken, so it may be sent again.</summary>
    NotBegun,
}

/// <param name="Code">The three-digit SMTP reply or HTTP status, or a text carrier's own number, where there was one.</param>
/// <param name="EnhancedCode">The RFC 3463 code, <c>5.1.1</c>.</param>
/// <param name="Reply">The reply's text, without the recipient's address.</param>
/// <param name="ProviderId">What the provider calls the message, where it gave it a name of its own.</param>
public sealed record HandOff(HandOffOutcome Outcome, int? Code, string? EnhancedCode, string Reply, string? ProviderId = null);

/// <summary>The provider cannot be reached at all: no session could be opened.</summary>
public sealed class TransportDownException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What a transport itself remembers of the messages it took; reconciliation compares it with our decisions.</summary>
public interface ITransportLog
{
    string Name { get; }

    /// <summary>Every message taken since, in batches. A Message-ID stands without angle brackets.</summary>
    IAsyncEnumerable<IReadOnlyList<HandedOver>> Read(DateTimeOffset since, CancellationToken ct);
}

/// <summary>What a provider itself has on record of the messages that it took from us. It is asked once a night, over the net.</summary>
public interface IProviderRecords
{
    /// <summary>As the transport's.</summary>
    string Name { get; }

    /// <summary>Every message taken since, in batches.</summary>
    /// <exception cref="TransportDownException">It does not answer, or not so that it could be understood.</exception>
    IAsyncEnumerable<IReadOnlyList<ProviderRecord>> Read(DateTimeOffset since, CancellationToken ct);
}

/// <param name="ProviderId">What the provider calls it.</param>
/// <param name="From">The number it left from, in E.164.</param>
/// <param name="To">The number it went to, in E.164.</param>
/// <param name="Receipt">What became of it; null where the provider does not know yet.</param>
/// <param name="Code">The provider's own number for what went wrong.</param>
/// <param name="Words">What went wrong, in words.</param>
/// <param name="At">When the provider took it.</param>
public sealed record ProviderRecord(string ProviderId, string From, string To, ReceiptOutcome? Receipt, int? Code, string Words, DateTimeOffset At);

/// <param name="TenantId">The account, where the transport knows it.</param>
/// <param name="DecisionId">The decision it was handed over with, where the transport noted it.</param>
public sealed record HandedOver(string MessageId, Guid? TenantId, Guid? DecisionId, DateTimeOffset At);
