using System.Globalization;

namespace Plura.Messaging;

/// <summary>The names under which a prepared template reads the letter's own addresses.</summary>
public static class LetterLinks
{
    public const string Variable = "plura";
    public const string Open = "open";

    /// <summary>A link that no reader sees; what follows it is a machine.</summary>
    public const string Decoy = "decoy";

    public const int DecoyNumber = ushort.MaxValue;

    public static string Name(int number) => "link_" + number.ToString(CultureInfo.InvariantCulture);

    public static int? Number(string name) =>
        name.StartsWith("link_", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
