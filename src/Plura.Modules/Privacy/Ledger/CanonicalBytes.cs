using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Plura.Privacy;

/// <summary>
/// Fields as they stand under a hash: each behind its length (four bytes, big endian; -1 where there is none), so that no two rows
/// share a layout.
/// </summary>
internal static class CanonicalBytes
{
    public static void Put(this ArrayBufferWriter<byte> to, byte[]? value)
    {
        BinaryPrimitives.WriteInt32BigEndian(to.GetSpan(4), value?.Length ?? -1);
        to.Advance(4);
        if (value is not null)
            to.Write(value);
    }

    public static void Put(this ArrayBufferWriter<byte> to, string? value) => to.Put(value is null ? null : Encoding.UTF8.GetBytes(value));

    public static void Put(this ArrayBufferWriter<byte> to, Guid? value) => to.Put(value?.ToByteArray(bigEndian: true));

    public static void Put(this ArrayBufferWriter<byte> to, long? value)
    {
        if (value is not { } number)
        {
            to.Put((byte[]?)null);
            return;
        }

        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        to.Put(bytes);
    }

    public static void Put(this ArrayBufferWriter<byte> to, DateTimeOffset? value) =>
        to.Put(value is { } at ? (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond : (long?)null);
}
