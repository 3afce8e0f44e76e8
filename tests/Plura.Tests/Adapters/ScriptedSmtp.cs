using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Plura.Tests.Adapters;

/// <summary>A mail server that does what the recipient's name says, and remembers what it took.</summary>
public sealed class ScriptedSmtp : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> sessions = [];
    private readonly Task accepting;

    public ScriptedSmtp()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public bool Pipelining { get; init; } = true;

    public string? Password { get; init; }

    /// <summary>Shown in a TLS handshake: at once, or after STARTTLS, which it then offers.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool ImplicitTls { get; init; }

    /// <summary>What somebody on the line slips in behind the answer to STARTTLS, before the handshake.</summary>
    public string SlippedIn { get; init; } = "";

    /// <summary>Every command that came over an open line.</summary>
    public ConcurrentQueue<string> Overheard { get; } = new();

    /// <summary>Whole messages it answered with 250: envelope recipient and content.</summary>
    public ConcurrentQueue<(string To, byte[] Content)> Taken { get; } = new();

    /// <summary>Completes when a message for "slow" has arrived whole.</summary>
    public TaskCompletionSource SlowArrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The most commands that ever lay waiting together.</summary>
    public int MostAtOnce { get; private set; }

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(sessions);
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Connections++;
                sessions.Add(Serve(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException || stop.IsCancellationRequested)
        {
            // The test is over, whatever the stopped listener calls it.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await Talk(ImplicitTls ? await Encrypt(client.GetStream()) : client.GetStream());
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or AuthenticationException)
            {
                // The client went away.
            }
        }
    }

    private async Task<Stream> Encrypt(Stream open)
    {
        var secure = new SslStream(open);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, stop.Token);
        return secure;
    }

    private async Task Talk(Stream stream)
    {
        var input = new LineReader(stream, stop.Token);
        var signedIn = Password is null;
        var to = "";
        var refused = false;
        await Say(stream, "220 scripted ESMTP");
        while (await input.Line() is { } line)
        {
            if (stream is not SslStream)
                Overheard.Enqueue(line);
            MostAtOnce = Math.Max(MostAtOnce, 1 + input.Waiting);
            var (verb, rest) = (line.Split(' ', 2)[0].ToUpperInvariant(), line);
            switch (verb)
            {
                case "EHLO":
                    await Say(stream, "250-scripted\r\n" + (Pipelining ? "250-PIPELINING\r\n" : "") + (Certificate is null || stream is SslStream ? "" : "250-STARTTLS\r\n") + (Password is null || (Certificate is not null && stream is not SslStream) ? "" : "250-AUTH PLAIN LOGIN\r\n") + "250-ENHANCEDSTATUSCODES\r\n250 SIZE 10000000");
                    break;
                case "STARTTLS" when Certificate is not null && stream is not SslStream:
                    await Say(stream, "220 2.0.0 go ahead" + SlippedIn);
                    stream = await Encrypt(stream);
                    input = new LineReader(stream, stop.Token);
                    break;
                case "AUTH":
                    signedIn = rest == "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0user\0{Password}"));
                    await Say(stream, signedIn ? "235 2.7.0 welcome" : "535 5.7.8 no");
                    break;
                case "MAIL":
                    await Say(stream, signedIn ? "250 2.1.0 ok" : "530 5.7.0 sign in first");
                    break;
                case "RCPT":
                    to = rest.Split('<', '>')[1];
                    if (to.StartsWith("dropbefore@", StringComparison.Ordinal))
                        return;
                    var answer = Recipient(to);
                    refused = answer is not null;
                    await Say(stream, answer ?? "250 2.1.5 ok");
                    break;
                case "DATA":
                    if (refused && !to.StartsWith("lax@", StringComparison.Ordinal))
                    {
                        await Say(stream, "554 5.5.1 no recipients");
                        break;
                    }

                    await Say(stream, "354 go on");
                    if (!await Message(stream, input, to, refused))
                        return;
                    break;
                case "RSET":
                    refused = false;
                    await Say(stream, "250 2.0.0 ok");
                    break;
                case "QUIT":
                    await Say(stream, "221 bye");
                    return;
                default:
                    await Say(stream, "502 5.5.1 what");
                    break;
            }
        }
    }

    private async Task<bool> Message(Stream stream, LineReader input, string to, bool refused)
    {
        var content = new StringBuilder();
        while (await input.Line() is { } line)
        {
            if (to.StartsWith("dropdata@", StringComparison.Ordinal) && content.Length > 20)
                return false;
            if (line != ".")
            {
                content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
                continue;
            }

            switch (to.Split('@')[0])
            {
                case "dropdot":
                    return false;
                case "slow":
                    SlowArrived.TrySetResult();
                    await Task.Delay(Timeout.Infinite, stop.Token);
                    return false;
                case "data554":
                    await Say(stream, "554 5.7.1 <data554@example.com>: looks like spam");
                    return true;
                case "data452":
                    await Say(stream, "452 4.3.1 disk full");
                    return true;
                case "goodbye":
                    await Say(stream, "421 4.3.2 shutting down");
                    return false;
                default:
                    if (!refused)
                        Taken.Enqueue((to, Encoding.Latin1.GetBytes(content.ToString())));
                    await Say(stream, refused ? "554 5.5.1 no valid recipients" : "250 2.0.0 queued");
                    return true;
            }
        }

        return false;
    }

    private static string? Recipient(string to) => to.Split('@')[0] switch
    {
        "bounce" or "lax" => "550 5.1.1 <" + to + ">: no such user",
        "plain550" => "550 unknown",
        "full" => "552 5.2.2 mailbox full",
        "policy" => "550 5.7.1 we do not like you",
        "defer" => "450-4.2.1 one line\r\n450 4.2.1 greylisted",
        _ => null,
    };

    private async Task Say(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), stop.Token);

    private sealed class LineReader(Stream stream, CancellationToken ct)
    {
        private readonly byte[] buffer = new byte[64 * 1024];
        private int from;
        private int to;

        public int Waiting => buffer.AsSpan(from, to - from).Count((byte)'\n');

        public async Task<string?> Line()
        {
            var line = new StringBuilder();
            while (true)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', from, to - from);
                line.Append(Encoding.Latin1.GetString(buffer, from, (end < 0 ? to : end) - from));
                if (end >= 0)
                {
                    from = end + 1;
                    return line.ToString().TrimEnd('\r');
                }

                (from, to) = (0, await stream.ReadAsync(buffer, ct));
                if (to == 0)
                    return null;
            }
        }
    }
}
