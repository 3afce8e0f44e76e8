using System.Globalization;
using System.Text.Json.Nodes;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Days and times of day, as the account's clock shows them: messages leave then, or a step lets contacts pass.</summary>
/// <param name="Days"><c>all</c>, <c>workdays</c> or <c>weekend</c>.</param>
/// <param name="From">The first minute, <c>09:00</c>.</param>
/// <param name="To">The minute at which it is over, <c>17:30</c>; later than <paramref name="From"/>.</param>
public sealed record Hours(string Days, string From, string To)
{
    public static readonly IReadOnlyList<(string Value, string Text)> AllDays = [("all", "Every day"), ("workdays", "Monday to Friday"), ("weekend", "Saturday and Sunday")];

    public const string Wrong = "Say from when to when, as 09:00 and 17:30: the end later than the beginning.";

    public static IReadOnlyList<StepField> Fields { get; } =
    [
        new("days", "On which days", StepFields.Choice) { Choices = AllDays },
        new("from", "From", StepFields.Text) { Hint = "A time of day of the account, for example 09:00" },
        new("to", "To", StepFields.Text) { Hint = "For example 17:30" },
    ];

    /// <summary>As a step's settings hold them; null where they cannot be.</summary>
    public static Hours? Read(JsonObject settings) =>
        new Hours(settings["days"]?.ToString() ?? "all", settings["from"]?.ToString().Trim() ?? "", settings["to"]?.ToString().Trim() ?? "") is { CanBe: true } hours ? hours : null;

    [System.Text.Json.Serialization.JsonIgnore]
    public bool CanBe => AllDays.Any(d => d.Value == Days) && Time(From) is { } from && Time(To) is { } to && from < to;

    /// <summary>The next moment at which it is so; null where it is so now.</summary>
    public DateTimeOffset? Opens(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var (from, to, time) = (Time(From)!.Value, Time(To)!.Value, TimeOnly.FromDateTime(local));
        if (On(local.DayOfWeek) && time >= from && time < to)
            return null;
        var day = DateOnly.FromDateTime(local);
        if (time >= from)
            day = day.AddDays(1);
        while (!On(day.DayOfWeek))
            day = day.AddDays(1);
        return zone.MomentOf(day, from);
    }

    public override string ToString() => $"{(Days == "all" ? "" : $"{AllDays.First(d => d.Value == Days).Text}, ")}{From}–{To}";

    private bool On(DayOfWeek day) => Days switch
    {
        "workdays" => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
        "weekend" => day is DayOfWeek.Saturday or DayOfWeek.Sunday,
        _ => true,
    };

    private static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
