using System.Diagnostics;
using System.Globalization;

namespace Plura.Tests;

/// <summary>Data folders under the temporary folder, named by process, so that the next run removes what a crash left behind.</summary>
public static class TestFolders
{
    private static readonly string Root = Path.Combine(Path.GetTempPath(), "plura-tests");
    private static int count;

    public static string New() =>
        Directory.CreateDirectory(Path.Combine(Root, $"{Environment.ProcessId}-{Interlocked.Increment(ref count)}")).FullName;

    public static void RemoveAbandoned()
    {
        if (!Directory.Exists(Root))
            return;
        foreach (var folder in Directory.EnumerateDirectories(Root))
        {
            var owner = Path.GetFileName(folder).Split('-')[0];
            if (!int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) || !IsAlive(pid))
                Remove(folder);
        }
    }

    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // PostgreSQL may still write its last file; the next run removes the folder.
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's leftover.
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
