using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Plura.Platform;

/// <summary>The place of a row in a list by time and id. Opaque outside.</summary>
public static class TimeCursor
{
    public static string Write(DateTimeOffset at, Guid id) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}|{id:N}")));

    /// <summary>Null where the text is not one of ours.</summary>
    public static (DateTimeOffset At, Guid Id)? Read(string text)
    {
        if (text.Length > 200 || !Base64Url.IsValid(text))
            return null;
        return Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('|') is [var time, var name]
            && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(name, "N", out var id)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), id) : null;
    }

    public static Refusal Unknown => Refusal.Invalid("cursor.invalid", "This page link no longer works. Start from the first page.", "Cursor");
}
