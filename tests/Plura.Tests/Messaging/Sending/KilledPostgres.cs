using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Plura.Tests.Messaging;

/// <summary>Kills a private cluster with SIGKILL, all its processes, and starts it again on the same port.</summary>
internal sealed class KilledPostgres(PluraApp host)
{
    private string Folder => Path.Combine(host.Folder, "pg");

    public async Task Kill()
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Folder, "postmaster.pid")))[0];
        // The children first hear nothing either: a power cut asks nobody.
        await Run("sh", "-c", $"kill -9 {postmaster} $(pgrep -P {postmaster})");
        while (Directory.Exists($"/proc/{postmaster}"))
            await Task.Delay(10);
    }

    public async Task Start()
    {
        var words = (await File.ReadAllTextAsync(Path.Combine(Folder, "postmaster.opts"))).Trim();
        var user = Environment.UserName == "root" ? (await Output("stat", "-c", "%U", Folder)).Trim() : null;
        var command = user is null ? words : $"exec setpriv --reuid={user} --regid={user} --init-groups -- {words}";
        var server = new ProcessStartInfo("sh") { ArgumentList = { "-c", command }, WorkingDirectory = "/" };
        Process.Start(server)!.Dispose();
        for (var i = 0; ; i++)
        {
            try
            {
                await using var open = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(host.Owner) { Pooling = false, Timeout = 2 }.ConnectionString);
                await open.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (i < 600)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>At the end of a test: whoever started it by hand stops it by hand.</summary>
    public async Task Stop()
    {
        if (File.Exists(Path.Combine(Folder, "postmaster.pid")))
            await Run("kill", "-INT", (await File.ReadAllLinesAsync(Path.Combine(Folder, "postmaster.pid")))[0]);
    }

    private static async Task Run(string program, params string[] words) => await Output(program, words);

    private static async Task<string> Output(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.ToString(CultureInfo.InvariantCulture);
    }
}
