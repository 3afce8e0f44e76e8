using System.Diagnostics;

namespace Plura.Tests.Messaging;

/// <summary>The product as a process of its own, with its workers, on the database and to the mail server that the test names.</summary>
public sealed class SenderProcess : IDisposable
{
    private readonly Process process;

    public SenderProcess(PluraApp host, int smtpPort, int connections)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Plura.Web.dll");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", program, "serve" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in (IEnumerable<(string, string)>)
        [
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("ASPNETCORE_ENVIRONMENT", "Production"), ("PLURA_DATA", host.Folder), ("Plura__Roles", "worker"),
            ("ConnectionStrings__Plura", host.Owner), ("ConnectionStrings__PluraApp", host.App), ("DOTNET_gcServer", "0"),
            ("Email__Smtp__Host", "127.0.0.1"), ("Email__Smtp__Port", smtpPort.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Email__Smtp__Tls", "none"), ("Email__Smtp__Connections", connections.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ])
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The last words of the process, for a failing test.</summary>
    public string Said { get; private set; } = "";

    public bool Exited => process.HasExited;

    /// <summary>All that it said; of an ended process also the lines that were still under way.</summary>
    public async Task<string> LastWords()
    {
        if (process.HasExited)
            await process.WaitForExitAsync();
        return Said;
    }

    /// <summary>As the kernel does when memory is short: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>As a service manager does: told to stop, and waited for.</summary>
    public async Task Stop()
    {
        using var term = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await term.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is not null)
            Said = Said.Length > 4000 ? Said[^3000..] + "\n" + line : Said + "\n" + line;
    }
}
