using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>The one send ledger: planning, steering and reading sends. The pump moves them.</summary>
public sealed class SendLedger(Letters letters) : ISendLedger
{
    public Refusal? Check(LetterContent content) => letters.Check(content);

    public Task<Result<Guid>> Write(LetterContent content, CancellationToken ct) => letters.Write(content, ct);

    public Task<Result<RenderedLetter>> Render(LetterContent content, Guid? contactId, CancellationToken ct) => letters.Render(content, contactId, ct);

    public Task<Result> SendTest(LetterContent content, Guid? contactId, Guid userId, CancellationToken ct) => letters.SendTest(content, contactId, userId, ct);

    public Task<int> Plan(SendPlan plan, AudienceSql audience, CancellationToken ct) => throw new NotSupportedException();

    public Task<Guid> PlanOne(SendPlan plan, Guid contactId, Guid contactPointId, CancellationToken ct) => throw new NotSupportedException();

    public Task Pause(string origin, Guid originId, string? reason, CancellationToken ct) => throw new NotSupportedException();

    public Task Resume(string origin, Guid originId, CancellationToken ct) => throw new NotSupportedException();

    public Task Cancel(string origin, Guid originId, CancellationToken ct) => throw new NotSupportedException();

    public Task<SendCounts> Counts(string origin, Guid originId, CancellationToken ct) => throw new NotSupportedException();

    public Task<Page<SendLine>> List(string origin, Guid originId, SendFilter filter, string? cursor, int limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, int>> WithheldByReason(string origin, Guid originId, CancellationToken ct) => throw new NotSupportedException();

    public Task<SendStory?> Story(string origin, Guid originId, Guid contactId, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result> Resolve(Guid sendId, bool resend, CancellationToken ct) => throw new NotSupportedException();

    public Task<SendForecast> Forecast(LetterContent content, AudienceSql audience, CancellationToken ct) => throw new NotSupportedException();
}
