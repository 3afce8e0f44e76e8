using Plura.Tests.Architecture;

namespace Plura.Tests;

/// <summary>Compares a text with the file that people reviewed; PLURA_ACCEPT=1 writes the file instead.</summary>
public static class Snapshot
{
    public static async Task Matches(string file, string text)
    {
        var path = Path.Combine(SourceRules.Root, file);
        var now = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("PLURA_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, now);
            return;
        }

        var before = File.Exists(path) ? (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n") : "";
        if (before == now)
            return;
        var (old, fresh) = (before.Split('\n'), now.Split('\n'));
        var line = Enumerable.Range(0, Math.Min(old.Length, fresh.Length)).FirstOrDefault(i => old[i] != fresh[i], Math.Min(old.Length, fresh.Length));
        Assert.Fail($"{file} differs from line {line + 1}.\nwas: {old.ElementAtOrDefault(line)}\nis:  {fresh.ElementAtOrDefault(line)}\nIf that is meant: PLURA_ACCEPT=1 bin/test, then review the change.");
    }
}
