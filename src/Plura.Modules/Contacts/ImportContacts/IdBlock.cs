using System.Buffers.Binary;

namespace Plura.Contacts;

/// <summary>
/// UUIDv7 ids that follow one another (RFC 9562 §6.2, a counter in the random bits). Neighbours land on the same index page, and an
/// import needs no list of what it made: everything lies between its first and its last id.
/// </summary>
public sealed class IdBlock
{
    private readonly byte[] bytes = new byte[16];
    private uint counter;

    public IdBlock(DateTimeOffset now)
    {
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        First = At(0);
    }

    public Guid First { get; }

    public Guid Last => At(counter);

    public Guid Next() => At(++counter);

    private Guid At(uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), number);
        return new Guid(bytes, bigEndian: true);
    }
}
