using System.ComponentModel.DataAnnotations;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Puts a conversation away until a time at which it comes back by itself.</summary>
public sealed record SnoozeConversation
{
    public Guid Id { get; set; }

    /// <summary><c>later</c> (in three hours), <c>tomorrow</c> or <c>next_week</c> (at nine in the morning, where the reader is).</summary>
    [Required(ErrorMessage = "Choose until when."), RegularExpression("later|tomorrow|next_week", ErrorMessage = "Choose “later”, “tomorrow” or “next_week”.")]
    public string Until { get; set; } = "";
}

public sealed class SnoozeConversationHandler(PluraDb db, ConversationNews news, Viewer viewer, TimeProvider clock)
{
    public async Task<Result> Handle(SnoozeConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var until = SnoozeTimes.Of(command.Until, clock.GetUtcNow(), viewer.Zone);
        return await news.Change(
            command.Id,
            c =>
            {
                c.Snooze(until);
                db.Enqueue(new WakeConversation(command.Id), until);
            }, ct);
    }
}
