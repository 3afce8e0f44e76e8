using Plura.Platform;

namespace Plura.Privacy;

/// <summary>All versions of all texts, read once from the files that are part of the program.</summary>
public sealed class PolicyVersions : IPolicyVersions
{
    private readonly Dictionary<string, PolicyText> current;

    public PolicyVersions()
    {
        var assembly = typeof(PolicyVersions).Assembly;
        var texts = assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("Privacy/Policy/", StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal))
            .Select(n =>
            {
                using var file = assembly.GetManifestResourceStream(n)!;
                return PolicyText.Parse(file);
            })
            .ToList();
        All = texts;
        current = texts.GroupBy(t => t.Document, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(t => System.Version.Parse(t.Version)).First(), StringComparer.Ordinal);
    }

    public IReadOnlyList<PolicyText> All { get; }

    public PolicyText Text(string document) =>
        current.GetValueOrDefault(document) ?? throw new InvalidOperationException($"There is no text called {document}.");

    public PolicyVersion Current(string document)
    {
        var text = Text(document);
        return new PolicyVersion(text.Document, text.Version, text.WordingHash, text.Date);
    }
}
