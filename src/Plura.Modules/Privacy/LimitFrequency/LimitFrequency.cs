using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Platform;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>How many marketing messages one person may get from the account within some days; both empty lifts the limit. The gate obeys it within seconds.</summary>
public sealed record LimitFrequency
{
    // Text, so that what is no number comes back as it was typed and is not taken for "no limit".
    [RegularExpression("^([1-9][0-9]{0,2}|1000)$", ErrorMessage = "Enter a number from 1 to 1,000, or leave both fields empty for no limit.")]
    public string? Messages { get; set; }

    [RegularExpression("^([1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-5])$", ErrorMessage = "Enter a number of days from 1 to 365, or leave both fields empty for no limit.")]
    public string? Days { get; set; }
}

public sealed class LimitFrequencyHandler(PluraDb db, IAudit audit)
{
    public async Task<Result> Handle(LimitFrequency command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.Messages is null != command.Days is null)
        {
            return Refusal.Invalid(
                "frequency.half",
                "Enter both numbers, or leave both fields empty for no limit.",
                command.Messages is null ? nameof(command.Messages) : nameof(command.Days));
        }

        var setting = await db.GateSettings.SingleOrDefaultAsync(ct);
        if (command is { Messages: { } messages, Days: { } days })
        {
            var (most, within) = (int.Parse(messages, CultureInfo.InvariantCulture), int.Parse(days, CultureInfo.InvariantCulture));
            if (setting is null)
                db.GateSettings.Add(GateSetting.Of(most, within));
            else
                setting.Limit(most, within);
        }
        else if (setting is not null)
        {
            db.GateSettings.Remove(setting);
        }

        audit.Note("privacy.limit_frequency", about: null, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["messages"] = command.Messages ?? "none",
            ["days"] = command.Days ?? "none",
        });
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
