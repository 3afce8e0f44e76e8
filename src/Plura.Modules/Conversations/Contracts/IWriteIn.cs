using Plura.Platform;

namespace Plura.Conversations.Contracts;

/// <summary>Puts what somebody wrote on a page into the inbox of the scope's account.</summary>
public interface IWriteIn
{
    /// <summary>Answers the conversation. What came before under the same id is not put there again.</summary>
    Task<Result<Guid>> Put(WrittenIn written, CancellationToken ct);
}

/// <param name="Id">Known outside by it: <c>contact-page:…</c>.</param>
/// <param name="Name">What they call themselves.</param>
/// <param name="Email">Where an answer goes.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Source">Where they came from, shown in their story.</param>
public sealed record WrittenIn(string Id, string Name, string Email, string Subject, string Text, string Source);
