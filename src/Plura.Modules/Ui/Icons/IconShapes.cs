using System.Collections.Frozen;

namespace Plura.Ui;

/// <summary>The icons that the asset step packed from @tabler/icons: one line each, the name, a tab, the inside of the svg.</summary>
public static class IconShapes
{
    private static readonly Lazy<FrozenDictionary<string, string>> All = new(Read);

    /// <summary>The icon's shapes; a plain dot for a name that does not exist, so that a slip is visible and harmless.</summary>
    public static string Find(string name) => All.Value.GetValueOrDefault(name, "<circle cx=\"12\" cy=\"12\" r=\"2\"/>");

    public static bool Has(string name) => All.Value.ContainsKey(name);

    private static FrozenDictionary<string, string> Read()
    {
        using var packed = typeof(IconShapes).Assembly.GetManifestResourceStream("icons/outline.txt");
        if (packed is null)
            return FrozenDictionary<string, string>.Empty;
        using var reader = new StreamReader(packed);
        var shapes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab > 0)
                shapes[line[..tab]] = line[(tab + 1)..];
        }

        return shapes.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
