using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>One page of a view of the inbox, the newest message first, read by key.</summary>
public sealed record ListConversations
{
    /// <summary><c>open</c>, <c>unread</c>, <c>mine</c>, <c>unassigned</c>, <c>team</c>, <c>overdue</c>, <c>mentions</c>, <c>snoozed</c>, <c>closed</c>, <c>starred</c>, or the id of a view that somebody made.</summary>
    [RegularExpression("open|unread|mine|unassigned|team|overdue|mentions|snoozed|closed|starred|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", ErrorMessage = "A view is “open”, “unread”, “mine”, “unassigned”, “team”, “overdue”, “mentions”, “snoozed”, “closed”, “starred” or the id of one that somebody made.")]
    public string View { get; set; } = ConversationViews.Open;

    /// <summary>Words that stand in a message, or the contact's name or address; then all views are looked through.</summary>
    [StringLength(200, ErrorMessage = "Search for at most 200 characters.")]
    public string? Text { get; set; }

    /// <summary>Whose are <c>mine</c>, <c>team</c> and <c>mentions</c>.</summary>
    public Guid? Me { get; set; }

    public string? Cursor { get; set; }

    [Range(1, 200, ErrorMessage = "A page has between 1 and 200 conversations.")]
    public int Limit { get; set; } = 30;
}

public sealed class ListConversationsHandler(PluraDb db, ReadConversations conversations, MessageWords words, ViewRows views, IContactDirectory contacts, AuditTrail trail)
{
    /// <summary>So many contacts of a name, at most, are looked at.</summary>
    private const int MostCalled = 100;

    public async Task<Result<Page<ConversationView>>> Handle(ListConversations query, CancellationToken ct)
    {
        if (query.Invalid() is { } invalid)
            return invalid;
        if ((string.IsNullOrWhiteSpace(query.Text) ? await views.Of(query.View, query.Me, ct) : await Having(query.Text, ct)) is not { } rows)
            return InboxViews.Missing;
        if (query.Cursor is not null)
        {
            if (TimeCursor.Read(query.Cursor) is not { } from)
                return TimeCursor.Unknown;
            var (at, id) = from;
            rows = rows.Where(c => c.LastMessageAt < at || (c.LastMessageAt == at && c.Id < id));
        }

        var found = await rows.OrderByDescending(c => c.LastMessageAt).ThenByDescending(c => c.Id).Take(query.Limit + 1).ToListAsync(ct);
        var more = found.Count > query.Limit;
        if (more)
            found.RemoveAt(found.Count - 1);
        trail.Saw(found.Count);
        return new Page<ConversationView>(await conversations.Many(found, ct, await Having(query.Text, found, ct)), more ? TimeCursor.Write(found[^1].LastMessageAt, found[^1].Id) : null);
    }

    private async Task<IQueryable<Conversation>> Having(string text, CancellationToken ct)
    {
        var rows = db.LiveConversations.AsNoTracking().Where(c => c.TenantId == db.Tenant.Id);
        if (words.With(text) is not { } messages)
            return rows.Where(c => false);
        var called = (await contacts.Search(text, MostCalled, ct)).Select(c => c.Id).ToList();
        var said = db.Messages.Where(m => m.TenantId == db.Tenant.Id && messages.Contains(m.Id)).Select(m => m.ConversationId);
        return rows.Where(c => called.Contains(c.ContactId) || said.Contains(c.Id));
    }

    /// <summary>In each conversation the newest message that has the words.</summary>
    private async Task<IReadOnlyDictionary<Guid, Guid>?> Having(string? text, IReadOnlyList<Conversation> found, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text) || words.With(text) is not { } messages)
            return null;
        var ids = found.Select(c => c.Id).ToList();
        return await db.Messages.AsNoTracking().Where(m => m.TenantId == db.Tenant.Id && ids.Contains(m.ConversationId) && messages.Contains(m.Id)).GroupBy(m => m.ConversationId)
            .Select(g => g.OrderByDescending(m => m.OccurredAt).ThenByDescending(m => m.Id).Select(m => new { m.ConversationId, m.Id }).First())
            .ToDictionaryAsync(m => m.ConversationId, m => m.Id, ct);
    }
}

public static class ListConversationsEndpoint
{
    public static void MapListConversations(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/conversations", async (string? view, string? text, string? cursor, int? limit, ListConversationsHandler handler, Actor actor, CancellationToken ct) =>
            (await handler.Handle(new ListConversations { View = view ?? ConversationViews.Open, Text = text, Me = actor.Id, Cursor = cursor, Limit = limit ?? 30 }, ct)).Answer(Results.Ok))
            .RequirePermission("conversations.read").WithName("ListConversations").ReadsPersonalData("conversations.list");
}
