using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plura.Tests;

/// <summary>A name server of our own on this machine: knows the TXT records it was given, and says of every other name that there is none.</summary>
internal sealed class LocalNames : IAsyncDisposable
{
    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource stop = new();
    private readonly Task answering;

    public LocalNames() => answering = Answer();

    public string Address => socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>What it knows: names in lower case, without the last dot.</summary>
    public ConcurrentDictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it answers that it cannot answer.</summary>
    public bool Broken { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await answering;
        socket.Dispose();
        stop.Dispose();
    }

    private async Task Answer()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var asked = await socket.ReceiveAsync(stop.Token);
                await socket.SendAsync(Reply(asked.Buffer), asked.RemoteEndPoint, stop.Token);
            }
            catch (OperationCanceledException)
            {
                // The test is over.
                return;
            }
        }
    }

    // RFC 1035: the header, the question as it came, and one TXT record that points back to the question's name.
    private byte[] Reply(byte[] query)
    {
        var (labels, at) = (new List<string>(), 12);
        while (query[at] > 0)
        {
            labels.Add(Encoding.ASCII.GetString(query, at + 1, query[at]));
            at += query[at] + 1;
        }

        var question = query[12..(at + 5)];
        var text = Texts.GetValueOrDefault(string.Join('.', labels).ToLowerInvariant());
        var header = new byte[12];
        query.AsSpan(0, 2).CopyTo(header);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(Broken ? 0x8182 : text is null ? 0x8183 : 0x8180));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)(Broken || text is null ? 0 : 1));
        if (Broken || text is null)
            return [.. header, .. question];
        // A text is written in pieces of at most 255 bytes.
        byte[] bytes = [.. Encoding.ASCII.GetBytes(text).Chunk(255).SelectMany(piece => (byte[])[(byte)piece.Length, .. piece])];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)bytes.Length);
        return [.. header, .. question, 0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, .. length, .. bytes];
    }
}
