using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Checks, stores and shows letters: the writing half of the send ledger.</summary>
public sealed class Letters(PluraDb db, TimeProvider clock)
{
    public Refusal? Check(LetterContent content) => null;

    public async Task<Result<Guid>> Write(LetterContent content, CancellationToken ct)
    {
        if (Check(content) is { } refusal)
            return refusal;
        var stored = Content.Of(content, clock.GetUtcNow());
        db.Contents.Add(stored);
        await db.SaveChangesAsync(ct);
        return stored.Id;
    }

    public Task<Result<RenderedLetter>> Render(LetterContent content, Guid? contactId, CancellationToken ct) =>
        Task.FromResult<Result<RenderedLetter>>(Refusal.Invalid("letter.not_rendered", "This letter cannot be shown yet."));

    public Task<Result> SendTest(LetterContent content, Guid? contactId, Guid userId, CancellationToken ct) =>
        Task.FromResult<Result>(Refusal.Invalid("letter.not_sent", "A test letter cannot be sent yet."));
}
