using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
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

    public async Task StartTls(string host, TimeSpan limit, CancellationToken ct)
    {
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = secure;
        // Whatever came before the handshake is not protected and must not be read as if it were.
        (from, to) = (0, 0);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, ct).WaitAsync(limit, clock, ct);
        Secure = true;
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

internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
