using System.Globalization;

namespace Plura.Accounts;

/// <summary>
/// The shades that one chosen colour gives: enough contrast (4.5:1) for words on every ground of the design, light and dark. A colour that
/// lacks it is made darker, or lighter for the dark, until it has it; <see cref="Changes"/> says so.
/// </summary>
public sealed record Palette(string Light, string LightStrong, string LightSoft, string Dark, string DarkStrong, string DarkSoft, string DarkOn, bool Adjusted, bool AdjustedInDark)
{
    /// <summary>What words need against their ground, by WCAG AA.</summary>
    public const double Enough = 4.5;

    // The grounds of tokens.css that stand farthest from white and from black.
    private static readonly Shade LightGround = Shade.Read("#eff3f3");
    private static readonly Shade DarkGround = Shade.Read("#1d2628");
    private static readonly Shade White = Shade.Read("#ffffff");
    private static readonly Shade Black = Shade.Read("#000000");

    /// <summary>Null where the text is no colour of the form <c>#rrggbb</c>.</summary>
    public static Palette? Of(string text)
    {
        if (text.Length != 7 || text[0] != '#' || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
            return null;
        var chosen = Shade.Read(text);
        var lightSoft = chosen.Toward(White, 0.88);
        var light = Until(chosen, Black, shade => shade.Against(LightGround) >= Enough && shade.Against(White) >= Enough);
        var lightStrong = Until(light.Toward(Black, 0.2), Black, shade => shade.Against(lightSoft) >= Enough);
        var darkSoft = chosen.Toward(DarkGround, 0.75);
        var darkOn = chosen.Toward(Black, 0.85);
        var dark = Until(chosen, White, shade => shade.Against(DarkGround) >= Enough && shade.Against(darkOn) >= Enough);
        var darkStrong = Until(dark.Toward(White, 0.3), White, shade => shade.Against(darkSoft) >= Enough && shade.Against(darkOn) >= Enough);
        return new Palette(light.Text, lightStrong.Text, lightSoft.Text, dark.Text, darkStrong.Text, darkSoft.Text, darkOn.Text, light != chosen, dark != chosen);
    }

    /// <summary>What became of the chosen colour, in a sentence; null where it stands everywhere as it was chosen.</summary>
    public string? Changes(string chosen) => (Adjusted, AdjustedInDark) switch
    {
        (true, true) => $"Words in {chosen} could be read neither on white nor in the dark: there stands {Light} on white and {Dark} in the dark. Both may look like other colours.",
        (true, false) => $"Words in {chosen} could not be read on white: there buttons and links are {Light}, which may look like another colour. In the dark they are {chosen}.",
        (false, true) => $"Words in {chosen} could not be read in the dark: there buttons and links are {Dark}, which may look like another colour. On white they are {chosen}.",
        _ => null,
    };

    /// <summary>The style sheet: the design's own names with these shades.</summary>
    public string Css() => $$"""
        :root {
          --accent: light-dark({{Light}}, {{Dark}});
          --accent-strong: light-dark({{LightStrong}}, {{DarkStrong}});
          --accent-fg: light-dark(#ffffff, {{DarkOn}});
          --accent-soft: light-dark({{LightSoft}}, {{DarkSoft}});
        }

        """;

    public static double Contrast(string one, string other) => Shade.Read(one).Against(Shade.Read(other));

    private static Shade Until(Shade shade, Shade toward, Func<Shade, bool> enough)
    {
        for (var step = 0; step < 100 && !enough(shade); step++)
            shade = shade.Toward(toward, 0.04);
        return shade;
    }

    private sealed record Shade(int Red, int Green, int Blue)
    {
        public string Text => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

        public static Shade Read(string text)
        {
            var value = int.Parse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            return new Shade((value >> 16) & 255, (value >> 8) & 255, value & 255);
        }

        // Away from zero, so that a small step never rounds to none.
        public Shade Toward(Shade other, double share) => new(Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

        public double Against(Shade other)
        {
            var (one, two) = (Luminance, other.Luminance);
            return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
        }

        private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

        private static int Mix(int from, int to, double share)
        {
            var step = (to - from) * share;
            return Math.Clamp(from + (int)(step < 0 ? Math.Floor(step) : Math.Ceiling(step)), 0, 255);
        }

        private static double Linear(int part) => part / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow(((part / 255.0) + 0.055) / 1.055, 2.4);
    }
}
