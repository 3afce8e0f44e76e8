using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plura.Tests.Messaging;

/// <summary>A mail server over a real socket that we did not write (npm's <c>smtp-server</c>), in a process of its own: it takes everything and tells each Message-ID it took.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> taken = new();
    private readonly Process process;
    private readonly Task listening;

    public SmtpSink()
    {
        process = Process.Start(new ProcessStartInfo("node") { ArgumentList = { Script() }, RedirectStandardOutput = true, RedirectStandardInput = true })
            ?? throw new InvalidOperationException("node did not start.");
        var port = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The mail server ended before it listened; has npm ci been run?");
        Port = int.Parse(port, CultureInfo.InvariantCulture);
        listening = Listen();
    }

    public int Port { get; }

    public int Count => taken.Count;

    public IReadOnlyList<string> MessageIds => [.. taken];

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await listening;
        process.Dispose();
    }

    private async Task Listen()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } id)
            taken.Enqueue(id);
    }

    private static string Script([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "sink.mjs");
}
