using System.ComponentModel.DataAnnotations;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Puts a conversation away until a time at which it comes back by itself.</summary>
public sealed record SnoozeConversation
{
    public Guid Id { get; set; }

    /// <summary><c>later</c> (in three hours), <c>tomorrow</c> or <c>next_week</c> (at nine in the morning, where the reader is), or a moment within a year.</summary>
    [Required(ErrorMessage = "Choose until when.")]
    public string Until { get; set; } = "";
}

public sealed class SnoozeConversationHandler(PluraDb db, ConversationNews news, LaterTimes times)
{
    public async Task<Result> Handle(SnoozeConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (times.Of(command.Until) is not { } until)
            return Refusal.Invalid("snooze.until", "Choose a time between a minute and a year from now.", nameof(command.Until));
        return await news.Change(
            command.Id,
            c =>
            {
                c.Snooze(until);
                db.Enqueue(new WakeConversation(command.Id), until);
            }, ct);
    }
}
