using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A view of the inbox that somebody made.</summary>
/// <param name="State"><c>open</c>, <c>snoozed</c> or <c>closed</c>; null for all.</param>
/// <param name="Assignee"><c>me</c>, <c>team</c>, <c>none</c> or a user's id; null for whoever.</param>
/// <param name="Channel"><c>email</c>, <c>sms</c> or <c>chat</c>: by which the contact wrote last; null for any.</param>
/// <param name="Shared">Everybody in the account has it, not only whoever made it.</param>
/// <param name="Shows">What it shows, as people read it.</param>
public sealed record InboxViewView(Guid Id, string Name, string? State, string? Assignee, string? Channel, bool Unread, bool Starred, bool Overdue, bool Shared, string Shows);

/// <summary>Reads the views that somebody has: everybody's, and their own.</summary>
public sealed class InboxViews(PluraDb db, Colleagues colleagues)
{
    /// <summary>The index by which nobody has two of one name.</summary>
    public const string Names = "inbox_view_name";

    public static Refusal Missing => Refusal.NotFound("view.missing", "This view does not exist any more.");

    public static Refusal Exists => Refusal.Conflict("view.exists", "Another view has this name. Choose another one.") with
    {
        Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { [nameof(KeepView.Name)] = ["Another view has this name. Choose another one."] },
    };

    public async Task<IReadOnlyList<InboxViewView>> All(Guid? me, CancellationToken ct)
    {
        var found = await Seen(me).AsNoTracking().OrderBy(v => v.Normal).ToListAsync(ct);
        var names = found.Exists(v => Guid.TryParse(v.Assignee, out _)) ? await colleagues.Names(ct) : new Dictionary<Guid, string>();
        return found.ConvertAll(v => View(v, names));
    }

    public async Task<InboxViewView?> One(Guid id, Guid? me, CancellationToken ct) =>
        await Seen(me).AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, ct) is { } found ? View(found, await colleagues.Names(ct)) : null;

    /// <summary>What any view is called, made by somebody or not.</summary>
    public async Task<string> Name(string view, Guid? me, CancellationToken ct) =>
        Guid.TryParse(view, out var id) ? await Seen(me).Where(v => v.Id == id).Select(v => v.Name).SingleOrDefaultAsync(ct) ?? ConversationViews.Words(ConversationViews.Open) : ConversationViews.Words(view);

    internal IQueryable<InboxView> Seen(Guid? me, bool deleted = false) => db.InboxViews.Where(v => v.DeletedAt != null == deleted && (v.OwnerId == null || v.OwnerId == me));

    private static InboxViewView View(InboxView v, IReadOnlyDictionary<Guid, string> names) =>
        new(v.Id, v.Name, v.State, v.Assignee, v.Channel, v.Unread, v.Starred, v.Overdue, v.OwnerId is null, Shows(v, names));

    private static string Shows(InboxView v, IReadOnlyDictionary<Guid, string> names)
    {
        var parts = new[]
        {
            v.State switch { null => "open, snoozed and closed", var state => state },
            v.Unread ? "unread" : null,
            v.Starred ? "with a star" : null,
            v.Overdue ? "overdue" : null,
            v.Channel is { } channel ? ReplyChannels.Way(channel) : null,
            v.Assignee switch
            {
                null => null,
                "me" => "mine",
                "team" => "of my team",
                "none" => "of nobody",
                var id => $"of {(Guid.TryParse(id, out var user) ? names.GetValueOrDefault(user, Colleagues.Left) : Colleagues.Left)}",
            },
        };
        return Ui.Say.First(string.Join(", ", parts.OfType<string>()));
    }
}
