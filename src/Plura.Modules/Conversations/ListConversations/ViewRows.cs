using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Which conversations a view of the inbox shows: one of those that everybody has, or one that somebody made.</summary>
public sealed class ViewRows(PluraDb db, InboxViews made, IAccountDirectory accounts, TimeProvider clock)
{
    /// <summary>Null where there is no such view, or it is somebody else's.</summary>
    /// <param name="view">As in <see cref="ListConversations.View"/>.</param>
    /// <param name="me">Who looks; null for a program.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IQueryable<Conversation>?> Of(string view, Guid? me, CancellationToken ct)
    {
        if (Guid.TryParse(view, out var id))
            return await made.Seen(me).AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, ct) is { } kept ? await Of(kept, me, ct) : null;
        var rows = Live();
        var now = clock.GetUtcNow();
        var mentions = db.Mentions.Where(m => m.TenantId == db.Tenant.Id && m.UserId == me);
        return view switch
        {
            ConversationViews.Unread => rows.Where(c => c.Unread),
            ConversationViews.Overdue => rows.Where(c => c.State == ConversationStates.Open && c.DueAt < now),
            ConversationViews.Mentions => rows.Where(c => mentions.Any(m => m.ConversationId == c.Id)),
            ConversationViews.Mine => rows.Where(c => c.State == ConversationStates.Open && c.AssigneeId == me && me != null),
            ConversationViews.Team => Of(rows.Where(c => c.State == ConversationStates.Open), await Team(me, ct)),
            ConversationViews.Unassigned => rows.Where(c => c.State == ConversationStates.Open && c.AssigneeId == null),
            ConversationViews.Snoozed => rows.Where(c => c.State == ConversationStates.Snoozed),
            ConversationViews.Closed => rows.Where(c => c.State == ConversationStates.Closed),
            ConversationViews.Starred => rows.Where(c => c.Starred),
            _ => rows.Where(c => c.State == ConversationStates.Open),
        };
    }

    private async Task<IQueryable<Conversation>> Of(InboxView view, Guid? me, CancellationToken ct)
    {
        var rows = Live();
        var now = clock.GetUtcNow();
        if (view.State is { } state)
            rows = rows.Where(c => c.State == state);
        if (view.Channel is { } channel)
            rows = rows.Where(c => c.Channel == channel);
        if (view.Unread)
            rows = rows.Where(c => c.Unread);
        if (view.Starred)
            rows = rows.Where(c => c.Starred);
        if (view.Overdue)
            rows = rows.Where(c => c.State == ConversationStates.Open && c.DueAt < now);
        return view.Assignee switch
        {
            null => rows,
            "none" => rows.Where(c => c.AssigneeId == null),
            "me" => rows.Where(c => c.AssigneeId == me && me != null),
            "team" => Of(rows, await Team(me, ct)),
            var user => Of(rows, [Guid.Parse(user)]),
        };
    }

    private static IQueryable<Conversation> Of(IQueryable<Conversation> rows, IReadOnlyList<Guid> people) => rows.Where(c => c.AssigneeId != null && people.Contains(c.AssigneeId.Value));

    private async Task<IReadOnlyList<Guid>> Team(Guid? me, CancellationToken ct) => me is { } user ? await accounts.Teammates(db.Tenant.Id, user, ct) : [];

    private IQueryable<Conversation> Live() => db.LiveConversations.AsNoTracking().Where(c => c.TenantId == db.Tenant.Id);
}
