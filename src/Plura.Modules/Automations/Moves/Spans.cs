using System.Globalization;
using System.Text.Json.Nodes;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>How long something is waited for: an amount and a unit, as the settings of a step hold them.</summary>
/// <param name="Amount">At least one.</param>
/// <param name="Unit"><c>minutes</c>, <c>hours</c>, <c>days</c> or <c>weeks</c>.</param>
public sealed record Span(int Amount, string Unit)
{
    private static readonly Dictionary<string, int> Most = new(StringComparer.Ordinal) { ["minutes"] = 100_000, ["hours"] = 20_000, ["days"] = 3_650, ["weeks"] = 520 };

    public static IReadOnlyList<StepField> Fields(bool optional) =>
    [
        new("amount", "How long", StepFields.Number) { Optional = optional, Hint = optional ? "Leave it empty to wait for as long as it takes." : null },
        new("unit", "Unit", StepFields.Choice) { Choices = [("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days"), ("weeks", "Weeks")] },
    ];

    /// <summary>Null where none is said, or none that can be.</summary>
    public static Span? Read(JsonObject settings) =>
        int.TryParse(settings["amount"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && settings["unit"]?.ToString() is { } unit && Most.TryGetValue(unit, out var most) && amount >= 1 && amount <= most
            ? new Span(amount, unit) : null;

    /// <summary>Minutes and hours pass; of days and weeks the clock on the wall shows the same time again, also when the clocks were changed between.</summary>
    public DateTimeOffset After(DateTimeOffset now, TimeZoneInfo zone) => Unit switch
    {
        "minutes" => now.AddMinutes(Amount),
        "hours" => now.AddHours(Amount),
        _ => zone.MomentOf(TimeZoneInfo.ConvertTime(now, zone).DateTime.AddDays(Unit == "weeks" ? Amount * 7 : Amount)),
    };

    public override string ToString() => Amount == 1 ? $"1 {Unit[..^1]}" : $"{Amount.ToString("N0", CultureInfo.InvariantCulture)} {Unit}";
}
