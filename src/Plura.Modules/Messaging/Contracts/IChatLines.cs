namespace Plura.Messaging.Contracts;

/// <summary>
/// Answers in a web chat, asked of the module that keeps them. They leave by the ledger as everything does (origin <see cref="Origin"/>); what
/// carries them is the connection that the visitor opened.
/// </summary>
public interface IChatLines
{
    public const string Origin = "chat";

    /// <summary>One answer and the visitor for whom it is; null where its words or the visitor's session are gone.</summary>
    /// <param name="line">The origin's id.</param>
    /// <param name="ct">Stops it.</param>
    Task<ChatLine?> Find(Guid line, CancellationToken ct);

    /// <summary>Lays it before its visitor, whose stream takes it; doing so twice changes nothing. False where the session is gone.</summary>
    Task<bool> HandOver(Guid line, CancellationToken ct);
}

/// <param name="Session">Stands in the send where another has its contact point: there is no address.</param>
/// <param name="ContactId">Whom the conversation is with; the session's own id while nobody knows the visitor.</param>
/// <param name="Text">What is answered.</param>
public sealed record ChatLine(Guid Session, Guid ContactId, string Text);
