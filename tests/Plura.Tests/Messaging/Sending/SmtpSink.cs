using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plura.Tests.Messaging;

/// <summary>A mail server over a real socket that takes everything and remembers each Message-ID it took responsibility for.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> taken = new();
    private readonly ConcurrentDictionary<Task, bool> sessions = new();
    private readonly Task accepting;

    public SmtpSink()
    {
        listener.Start(512);
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Count => taken.Count;

    public IReadOnlyList<string> MessageIds => [.. taken];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(sessions.Keys);
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    var session = Serve(await listener.AcceptTcpClientAsync(stop.Token));
                    sessions[session] = true;
                    _ = session.ContinueWith(ended => sessions.TryRemove(ended, out _), TaskScheduler.Default);
                }
                catch (SocketException) when (!stop.IsCancellationRequested)
                {
                    // It was killed between its connection and our welcome.
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // The sink was closed.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await Say(stream, "220 sink ESMTP");
                while (await reader.ReadLineAsync(stop.Token) is { } line)
                {
                    var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                    if (verb == "DATA")
                    {
                        await Say(stream, "354 go on");
                        taken.Enqueue(await Message(reader));   // Responsible from here, whether or not the answer arrives.
                        await Say(stream, "250 2.0.0 taken");
                        continue;
                    }

                    await Say(stream, verb switch { "EHLO" => "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 10000000", "QUIT" => "221 bye", _ => "250 2.0.0 ok" });
                    if (verb == "QUIT")
                        return;
                }
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or InvalidOperationException)
            {
                // The other end was killed: that is what these tests do.
            }
        }
    }

    /// <summary>Reads to the final dot; a message that breaks off before it was not taken.</summary>
    private async Task<string> Message(StreamReader reader)
    {
        string? id = null;
        while (true)
        {
            var line = await reader.ReadLineAsync(stop.Token) ?? throw new IOException("The message broke off.");
            if (line == ".")
                return id ?? "";
            if (id is null && line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase))
                id = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
        }
    }

    private static async Task Say(NetworkStream stream, string words) => await stream.WriteAsync(Encoding.ASCII.GetBytes(words + "\r\n"));
}
