using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Plura.Adapters;

/// <summary>
/// Lines and messages over one connection. Several commands leave in one write, and nothing waits for Nagle: with the default
/// socket a server that delays its acknowledgements costs 40 ms per message.
/// </summary>
internal sealed class SmtpWire(Socket socket, TimeProvider clock) : IAsyncDisposable
{
    private const int LongestReply = 64 * 1024;

    private readonly byte[] input = new byte[4096];
    private readonly ArrayBufferWriter<byte> output = new(16 * 1024);
    private Stream stream = new NetworkStream(socket, ownsSocket: true);
    private int from;
    private int to;

    public bool Secure { get; private set; }

    public static async Task<SmtpWire> Connect(string host, int port, TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, ct).AsTask().WaitAsync(limit, clock, ct);
            return new SmtpWire(socket, clock);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <param name="host">The name that the server's certificate must bear.</param>
    /// <param name="authorities">Whom to believe about it; the machine's own list where null.</param>
    /// <param name="limit">How long the handshake may take.</param>
    /// <param name="ct">Stops the wait.</param>
    /// <exception cref="CertificateException">The server could not prove who it is.</exception>
    public async Task StartTls(string host, X509Certificate2Collection? authorities, TimeSpan limit, CancellationToken ct)
    {
        // What came before the handshake could be anybody's word, and would be read as the server's.
        if (from < to)
            throw new IOException("The server spoke out of turn before the connection was encrypted.");
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = secure;
        var doubts = SslPolicyErrors.None;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            CertificateChainPolicy = authorities is null ? null : Believing(authorities),
            RemoteCertificateValidationCallback = (_, _, _, errors) => (doubts = errors) == SslPolicyErrors.None,
        };
        try
        {
            await secure.AuthenticateAsClientAsync(options, ct).WaitAsync(limit, clock, ct);
        }
        catch (AuthenticationException error) when (doubts != SslPolicyErrors.None)
        {
            throw new CertificateException(doubts.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "its certificate is for another name" : "nobody we trust vouches for its certificate", error);
        }

        Secure = true;
    }

    private static X509ChainPolicy Believing(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    public void Queue(string command)
    {
        output.Write(Encoding.ASCII.GetBytes(command));
        output.Write("\r\n"u8);
    }

    /// <summary>The message with its dots stuffed, and the final dot.</summary>
    public void QueueMessage(ReadOnlySpan<byte> message)
    {
        while (message.Length > 0)
        {
            var line = message.IndexOf("\r\n."u8);
            if (line < 0)
                break;
            output.Write(message[..(line + 3)]);
            output.Write("."u8);
            message = message[(line + 3)..];
        }

        output.Write(message);
        output.Write(message.EndsWith("\r\n"u8) ? ".\r\n"u8 : "\r\n.\r\n"u8);
    }

    public async Task Flush(TimeSpan limit, CancellationToken ct)
    {
        await stream.WriteAsync(output.WrittenMemory, ct).AsTask().WaitAsync(limit, clock, ct);
        await stream.FlushAsync(ct);
        output.ResetWrittenCount();
    }

    /// <summary>The next reply. After a time-out the connection is of no further use: close it.</summary>
    public Task<SmtpReply> Read(TimeSpan limit, CancellationToken ct)
    {
        var reply = Reply(ct);
        return reply.IsCompleted ? reply : reply.WaitAsync(limit, clock, ct);
    }

    private async Task<SmtpReply> Reply(CancellationToken ct)
    {
        var lines = new List<string>(1);
        var size = 0;
        while (true)
        {
            var line = await Line(ct);
            if (line.Length < 3 || !line.AsSpan(0, 3).ContainsOnlyDigits() || (size += line.Length) > LongestReply)
                throw new IOException("The server's answer is not SMTP.");
            lines.Add(line);
            if (line.Length == 3 || line[3] != '-')
                return SmtpReply.Of(lines);
        }
    }

    private async ValueTask<string> Line(CancellationToken ct)
    {
        var line = new StringBuilder();
        while (true)
        {
            var end = Array.IndexOf(input, (byte)'\n', from, to - from);
            if (end >= 0)
            {
                line.Append(Encoding.Latin1.GetString(input, from, end - from));
                from = end + 1;
                return line.ToString().TrimEnd('\r');
            }

            line.Append(Encoding.Latin1.GetString(input, from, to - from));
            if (line.Length > LongestReply)
                throw new IOException("The server's answer does not end.");
            (from, to) = (0, await stream.ReadAsync(input, ct));
            if (to == 0)
                throw new IOException("The server closed the connection.");
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}

/// <summary>The server could not prove who it is; the message says why, in half a sentence.</summary>
internal sealed class CertificateException(string message, Exception inner) : AuthenticationException(message, inner);

internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
