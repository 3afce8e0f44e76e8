using System.Globalization;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Times that somebody chooses where they are: when an answer is to leave, until when a conversation is put away.</summary>
public sealed class LaterTimes(Viewer viewer, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static Refusal NotInChat => Refusal.Invalid("reply.later_chat", "In the web chat an answer appears at once. Send it by e-mail to have it leave later.", nameof(SendReply.Text));

    private static Refusal NoTime => Refusal.Invalid("reply.later", "Choose a time between a minute and a year from now.", nameof(SendReply.Text));

    /// <param name="text">As in <see cref="SendReply.Later"/>; a moment without an offset is meant where its writer is.</param>
    public Result<DateTimeOffset?> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text == "now")
            return (DateTimeOffset?)null;
        return Of(text) is { } at ? (DateTimeOffset?)at : NoTime;
    }

    /// <summary>One of <see cref="SnoozeTimes"/>, or a moment of one's own; null where it is none, is over, or is more than a year away.</summary>
    public DateTimeOffset? Of(string text)
    {
        var now = clock.GetUtcNow();
        if (SnoozeTimes.All.Any(t => t.Word == text))
            return SnoozeTimes.Of(text, now, viewer.Zone);
        return Moment(text) is { } at && at >= now.AddMinutes(1) && at <= now + Longest ? at : null;
    }

    private DateTimeOffset? Moment(string text)
    {
        if (DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return viewer.Zone.MomentOf(local);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.ToUniversalTime() : null;
    }
}
