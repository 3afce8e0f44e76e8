using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Plura.Tests.Architecture;

/// <summary>What the files themselves show: their size, what pages write, which tables a module's SQL names.</summary>
public static partial class SourceRules
{
    public const int Cap = 300;
    public const int Median = 60;
    public const int NinetiethPercentile = 150;

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
            .Where(f => !Generated().IsMatch(f));

    public static IEnumerable<string> TooLong(IReadOnlyCollection<(string File, int Lines)> files)
    {
        foreach (var (file, lines) in files.Where(f => f.Lines > Cap))
            yield return $"{file} has {lines} lines; {Cap} is the most";
        var sorted = files.Select(f => f.Lines).Order().ToArray();
        if (sorted.Length == 0)
            yield break;
        if (sorted[sorted.Length / 2] > Median)
            yield return $"half of the files have more than {sorted[sorted.Length / 2]} lines; {Median} is the most";
        if (sorted[(int)(sorted.Length * 0.9)] > NinetiethPercentile)
            yield return $"a tenth of the files has more than {sorted[(int)(sorted.Length * 0.9)]} lines; {NinetiethPercentile} is the most";
    }

    /// <summary>What the content security policy would block, or what would turn it into one that blocks nothing.</summary>
    public static IEnumerable<string> WrongMarkup(string file, string text)
    {
        var markup = RazorComment().Replace(text, "");
        foreach (Match found in InlineStyle().Matches(markup))
            yield return $"{file}: inline style: {found.Value.Trim()}";
        foreach (Match found in EventAttribute().Matches(markup))
            yield return $"{file}: inline event attribute: {found.Value.Trim()}";
        foreach (Match found in InlineScript().Matches(markup))
            yield return $"{file}: inline script: {found.Value.Trim()}";
        foreach (Match found in RenderMode().Matches(markup))
            yield return $"{file}: {found.Value.Trim()}; pages are rendered on the server, once";
    }

    /// <summary>Tables of other modules in a module's SQL.</summary>
    public static IEnumerable<string> ForeignTables(string module, string file, string text, IEnumerable<string> schemas) =>
        from Match found in TableInSql().Matches(text)
        let schema = found.Groups["schema"].Value
        where schemas.Contains(schema, StringComparer.Ordinal) && !string.Equals(schema, module, StringComparison.OrdinalIgnoreCase)
        select $"{file}: SQL of {module} names {found.Value.Trim()}; ask {schema}'s contract instead";

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = new FileInfo(here).Directory; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PluraOS.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("PluraOS.slnx was not found above the tests.");
    }

    [GeneratedRegex(@"[/\\](bin|obj|node_modules|Migrations|lib)[/\\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Generated();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline, 1000)]
    private static partial Regex RazorComment();

    [GeneratedRegex(@"\sstyle\s*=\s*[""'@][^>]{0,40}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineStyle();

    // Lower case only: OnSubmit="…" is a component's parameter, onsubmit="…" is an attribute of HTML.
    [GeneratedRegex(@"\son[a-z]+\s*=\s*[""'][^>]{0,40}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EventAttribute();

    [GeneratedRegex(@"<script(?![^>]*\b(src|type=""(application/json|importmap)""))[^>]*>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"@rendermode\b.*", RegexOptions.None, 1000)]
    private static partial Regex RenderMode();

    [GeneratedRegex(@"\b(?:from|join|into|update|truncate|lock table)\s+(?:only\s+)?""?(?<schema>[a-z]+)""?\.""?[a-z_]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TableInSql();
}
