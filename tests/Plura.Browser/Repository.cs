using System.Runtime.CompilerServices;

namespace Plura.Browser;

public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PluraOS.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("PluraOS.slnx was not found above the tests.");
    }
}
