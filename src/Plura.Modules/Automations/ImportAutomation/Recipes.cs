using System.Reflection;

namespace Plura.Automations;

/// <summary>Automations that a small business needs on its first day, ready to be looked over and published.</summary>
public static class Recipes
{
    private const string Prefix = "recipes/";

    public static IReadOnlyList<Recipe> All { get; } = [.. Read().OrderBy(r => r.Name, StringComparer.Ordinal)];

    private static IEnumerable<Recipe> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var text = reader.ReadToEnd();
            var root = Yaml.Read(text).Value!;
            yield return new Recipe(Path.GetFileNameWithoutExtension(name[Prefix.Length..]), root["automation"]!.ToString(), root["about"]!.ToString(), text);
        }
    }
}

/// <param name="Word">Its word in the API.</param>
/// <param name="Name">What the automation is called.</param>
/// <param name="About">What it does, in a sentence.</param>
/// <param name="Text">The automation.</param>
public sealed record Recipe(string Word, string Name, string About, string Text);
