using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>The one door to the send ledger; each verb lives in a class of its own beside this file.</summary>
public sealed class SendLedger(Letters letters, TextWriting texts, ChatWriting chats, Planning planning, Steering steering, SendReads reads, SendTallies tallies, Resolving resolving, Forecasting forecasting, Tenant tenant) : ISendLedger
{
    public Refusal? Check(LetterContent content) => letters.Check(content);

    public Task<IReadOnlyList<LetterProblem>> UnknownFields(LetterContent content, CancellationToken ct) => letters.UnknownFields(content, ct);

    public Task<Result<Guid>> Write(LetterContent content, CancellationToken ct) => letters.Write(content, ct);

    public Refusal? Check(TextContent content) => texts.Check(content);

    public Task<Result<Guid>> WriteText(TextContent content, CancellationToken ct) => texts.Write(content, ct);

    public Task<Guid> WriteChat(CancellationToken ct) => chats.Write(ct);

    public Task<int> Plan(SendPlan plan, AudienceSql audience, CancellationToken ct) => planning.Plan(plan, audience, ct);

    public Task<Guid> PlanOne(SendPlan plan, Guid contactId, Guid contactPointId, CancellationToken ct) => planning.PlanOne(plan, contactId, contactPointId, ct);

    public Task Pause(string origin, Guid originId, string? reason, CancellationToken ct) => steering.Pause(Key(origin, originId), reason, ct);

    public Task Resume(string origin, Guid originId, CancellationToken ct) => steering.Resume(Key(origin, originId), ct);

    public Task Cancel(string origin, Guid originId, CancellationToken ct) => steering.Cancel(Key(origin, originId), ct);

    public async Task<SendCounts> Counts(string origin, Guid originId, CancellationToken ct) => (await tallies.Counts(origin, [originId], ct))[originId];

    public Task<IReadOnlyDictionary<Guid, SendCounts>> Counts(string origin, IReadOnlyCollection<Guid> originIds, CancellationToken ct) => tallies.Counts(origin, originIds, ct);

    public Task<Page<SendLine>> List(string origin, Guid originId, SendFilter filter, string? cursor, int limit, CancellationToken ct) =>
        reads.List(origin, originId, filter, cursor, limit, ct);

    public Task<IReadOnlyDictionary<string, int>> Reasons(string origin, Guid originId, string state, CancellationToken ct) => tallies.Reasons(origin, originId, state, ct);

    public Task<DateTimeOffset?> LastDue(string origin, Guid originId, CancellationToken ct) => reads.LastDue(origin, originId, ct);

    public Task<SendStory?> Story(string origin, Guid originId, Guid contactId, CancellationToken ct) => reads.Story(origin, originId, contactId, ct);

    public Task<Result> Resolve(string origin, Guid originId, Guid sendId, bool resend, CancellationToken ct) => resolving.Resolve(Key(origin, originId), sendId, resend, ct);

    public Task<SendForecast> Forecast(LetterContent content, AudienceSql audience, CancellationToken ct) => forecasting.Forecast(content, audience, ct);

    public Task<Result<RenderedLetter>> Render(LetterContent content, Guid? contactId, CancellationToken ct) => letters.Render(content, contactId, ct);

    public Task<Result> SendTest(LetterContent content, Guid? contactId, Guid userId, CancellationToken ct) => letters.SendTest(content, contactId, userId, ct);

    private DispatchKey Key(string origin, Guid originId) => new(tenant.Id, origin, originId);
}
