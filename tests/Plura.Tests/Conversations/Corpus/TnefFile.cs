using System.Text;

namespace Plura.Tests.Conversations;

/// <summary>A winmail.dat as Outlook makes it: a plain text and one attached file.</summary>
internal static class TnefFile
{
    public static byte[] Write(string text, string fileName, byte[] file)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0x223E9F78);
        writer.Write((short)1);
        Attribute(writer, 1, 0x00089006, BitConverter.GetBytes(0x00010000));
        Attribute(writer, 1, 0x00069007, [.. BitConverter.GetBytes(1252), 0, 0, 0, 0]);
        Attribute(writer, 1, 0x00069003, Properties(0x1000, Encoding.ASCII.GetBytes(text + "\0")));
        Attribute(writer, 2, 0x00069002, [1, 0, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
        Attribute(writer, 2, 0x0006800F, file);
        Attribute(writer, 2, 0x00018010, Encoding.ASCII.GetBytes(fileName + "\0"));
        writer.Flush();
        return stream.ToArray();
    }

    private static byte[] Properties(short id, byte[] value)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(1);
        writer.Write((short)0x001E);
        writer.Write(id);
        writer.Write(1);
        writer.Write(value.Length);
        writer.Write(value);
        writer.Write(new byte[(4 - (value.Length % 4)) % 4]);
        writer.Flush();
        return stream.ToArray();
    }

    private static void Attribute(BinaryWriter writer, byte level, int tag, byte[] data)
    {
        writer.Write(level);
        writer.Write(tag);
        writer.Write(data.Length);
        writer.Write(data);
        writer.Write((short)(data.Sum(b => b) & 0xFFFF));
    }
}
