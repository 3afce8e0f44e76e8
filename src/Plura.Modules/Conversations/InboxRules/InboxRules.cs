using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>What the inbox does by itself when a person has written: it gives the conversation to somebody, notes by when they are to be answered, and says that it is closed.</summary>
public sealed class InboxRules(PluraDb db, Colleagues colleagues, IAccountDirectory accounts, AnswerWriter writer, ChatAnswers chat, IPhrases phrases, TimeProvider clock)
{
    /// <summary>In the transaction in which the message is saved, before it is.</summary>
    public async Task Came(Conversation conversation, DateTimeOffset at, CancellationToken ct)
    {
        if (await db.InboxSettings.AsNoTracking().SingleOrDefaultAsync(ct) is not { } setting)
            return;
        if (conversation.AssigneeId is null && setting.Give != GiveRules.Nobody && await Next(conversation.ContactId, ct) is { } next)
            conversation.Assign(next);   // They read that somebody wrote to them, which says enough.
        if (conversation.DueAt is null && await Due(setting, at, ct) is { } due)
        {
            conversation.Due(due);
            db.Enqueue(new TellOverdue(conversation.Id, due), due);
        }

        // Another moment, another transaction: what we say must not stand in the way of what they say.
        if (setting.Away is not null)
            db.Enqueue(new SayAway(conversation.Id), at);
    }

    /// <summary>Tells whoever wrote while it is closed, once until it opens: whoever was told since it closed knows.</summary>
    public async Task SayClosed(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.InboxSettings.AsNoTracking().SingleOrDefaultAsync(ct) is not { Away: { } away } setting || await Hours(setting, ct) is not { } hours || hours.IsOpen(now)
            || await db.FindConversation(id, ct) is not { Ok: true, Value: { State: ConversationStates.Open } conversation } || (conversation.AwayAt is { } told && told >= (hours.Closed(now) ?? told)))
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        conversation.SayAway(now);
        var text = (await phrases.For(conversation.ContactId, ct))(away);
        var said = conversation.Channel == Privacy.Contracts.Channels.Chat && await chat.Visitor(conversation, ct) is { } visitor
            ? await chat.Answer(conversation, visitor, text, ct, byRule: true)
            : await writer.ByRule(conversation, text, ct);
        // Without an address there is nobody to tell.
        if (said.Ok)
            await transaction.CommitAsync(ct);
    }

    /// <summary>By when somebody is to answer what came at a moment; null where nothing was promised.</summary>
    public async Task<DateTimeOffset?> Due(DateTimeOffset at, CancellationToken ct) =>
        await db.InboxSettings.AsNoTracking().SingleOrDefaultAsync(ct) is { } setting ? await Due(setting, at, ct) : null;

    private async Task<DateTimeOffset?> Due(InboxSetting setting, DateTimeOffset at, CancellationToken ct)
    {
        if (setting.AnswerWithin is not { } minutes)
            return null;
        var within = TimeSpan.FromMinutes(minutes);
        var hours = await Hours(setting, ct);
        return hours is null ? at + within : hours.Add(at, within);
    }

    public async Task<BusinessHours?> Hours(InboxSetting setting, CancellationToken ct)
    {
        var account = await accounts.Account(db.Tenant.Id, ct);
        return BusinessHours.Of(setting.ReadHours(), TimeZoneInfo.TryFindSystemTimeZoneById(account?.TimeZone ?? "", out var zone) ? zone : TimeZoneInfo.Utc);
    }

    private async Task<Guid?> Next(Guid contact, CancellationToken ct)
    {
        // Two that come at once take turns: the second sees who got the first.
        await db.Database.ExecuteSqlAsync($"select id from conversations.inbox_setting where tenant_id = {db.Tenant.Id} for update", ct);
        var setting = await db.InboxSettings.SingleAsync(ct);
        await db.Entry(setting).ReloadAsync(ct);
        // Only those who may answer them: with anybody else it would lie unseen.
        var among = (await colleagues.Answering(contact, ct)).Where(p => setting.People.Length == 0 || setting.People.Contains(p.Id)).Select(p => p.Id).ToList();
        if (among.Count == 0)
            return null;
        // From whoever comes after the last one.
        var from = setting.LastGiven is { } last ? among.IndexOf(last) + 1 : 0;
        var turn = among.Skip(from).Concat(among.Take(from)).ToList();
        var next = turn[0];
        if (setting.Give == GiveRules.Least)
        {
            var busy = await db.LiveConversations.Where(c => c.State == ConversationStates.Open && c.AssigneeId != null && among.Contains(c.AssigneeId.Value)).GroupBy(c => c.AssigneeId!.Value).ToDictionaryAsync(g => g.Key, g => g.Count(), ct);
            next = turn.MinBy(p => busy.GetValueOrDefault(p));
        }

        setting.Given(next);
        return next;
    }
}

/// <summary>Somebody wrote; if the business is closed they are told so.</summary>
public sealed record SayAway(Guid ConversationId) : IJob;

[Work("Telling somebody that the business is closed", Page = "conversations/{ConversationId}")]
public sealed class SayAwayHandler(InboxRules rules) : IJobHandler<SayAway>
{
    public Task Run(SayAway job, CancellationToken ct) => rules.SayClosed(job.ConversationId, ct);
}

/// <summary>The time by which somebody was to be answered is over.</summary>
public sealed record TellOverdue(Guid ConversationId, DateTimeOffset DueAt) : IJob;

[Work("Telling that an answer is overdue", Page = "conversations/{ConversationId}")]
public sealed class TellOverdueHandler(PluraDb db, INotices notices, ConversationNews news) : IJobHandler<TellOverdue>
{
    public async Task Run(TellOverdue job, CancellationToken ct)
    {
        // Answered meanwhile, or due anew.
        if (await db.FindConversation(job.ConversationId, ct) is not { Ok: true, Value: { State: ConversationStates.Open } conversation } || conversation.DueAt != job.DueAt)
            return;
        await notices.PostAbout(new NoticeAbout(ConversationNotices.Overdue, "{about} waits longer for an answer than you promised.", ConversationNotices.Thing, conversation.Id) { User = conversation.AssigneeId }, ct);
        await news.Ring(conversation.Id, ct);
    }
}
