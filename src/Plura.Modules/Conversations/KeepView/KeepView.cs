using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Keeps a view of the inbox under a name, or changes one.</summary>
public sealed record KeepView
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    [Required(ErrorMessage = "Give it a name, for example “Bookings of my team”."), StringLength(40, ErrorMessage = "A name has at most 40 characters.")]
    public string Name { get; set; } = "";

    /// <summary><c>open</c>, <c>snoozed</c> or <c>closed</c>; empty for all.</summary>
    [RegularExpression("(open|snoozed|closed)?", ErrorMessage = "Choose “open”, “snoozed” or “closed”.")]
    public string? State { get; set; } = ConversationStates.Open;

    /// <summary><c>me</c>, <c>team</c>, <c>none</c> or a user's id; empty for whoever.</summary>
    public string? Assignee { get; set; }

    /// <summary><c>email</c>, <c>sms</c> or <c>chat</c>; empty for any.</summary>
    [RegularExpression("(email|sms|chat)?", ErrorMessage = "Choose “email”, “sms” or “chat”.")]
    public string? Channel { get; set; }

    public bool Unread { get; set; }

    public bool Starred { get; set; }

    /// <summary>Only those that wait longer for an answer than the inbox promises.</summary>
    public bool Overdue { get; set; }

    /// <summary>For everybody in the account; else for whoever keeps it.</summary>
    public bool Shared { get; set; }
}

public sealed class KeepViewHandler(PluraDb db, InboxViews views, Colleagues colleagues, IAudit audit, Actor actor, TimeProvider clock)
{
    private const int Most = 100;

    public async Task<Result<Guid>> Handle(KeepView command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.Assignee is { } assignee and not ("me" or "team") && (await colleagues.Parse(assignee, await colleagues.People(ct), ct)).Refusal is { } unknown)
            return unknown;
        // A program has nobody to whom a view could belong alone.
        var owner = command.Shared || actor.Kind != ActorKind.User ? null : actor.Id;
        var normal = InboxView.NameOf(command.Name);
        if (await db.InboxViews.AnyAsync(v => v.Normal == normal && v.OwnerId == owner && v.DeletedAt == null && v.Id != command.Id, ct))
            return InboxViews.Exists;
        var now = clock.GetUtcNow();
        var view = command.Id is { } id ? await views.Seen(actor.Id).SingleOrDefaultAsync(v => v.Id == id, ct) : InboxView.New(now);
        if (view is null)
            return InboxViews.Missing;
        if (command.Id is null)
        {
            if (await views.Seen(actor.Id).CountAsync(ct) >= Most)
                return Refusal.Limit("view.limit", $"At most {Most} views can be kept. Delete some that nobody uses.");
            db.InboxViews.Add(view);
        }

        view.Keep(command.Name, owner, now);
        view.Show(command.State, command.Assignee, command.Channel);
        view.Only(command.Unread, command.Starred, command.Overdue);
        audit.Note("conversations.keep_view", view.Id);
        return await db.SaveUnless(InboxViews.Names, InboxViews.Exists, ct) is { } refused ? refused : view.Id;
    }
}
