namespace Plura.Messaging;

/// <summary>
/// Writes text as quoted-printable with lines of at most 76 characters, into a buffer that is used again for the next letter.
/// A chunk may be followed by <see cref="Join"/>, so that the next begins on a line of its own and can be encoded ahead of time.
/// </summary>
public sealed class QuotedPrintable
{
    private const int Longest = 75;

    private byte[] bytes = new byte[16 * 1024];

    public int Length { get; private set; }

    /// <summary>How far the current line has come.</summary>
    public int Column { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => (Length, Column) = (0, 0);

    /// <summary>Puts in what is encoded already; it must begin a line and ends in this column.</summary>
    public void Encoded(ReadOnlySpan<byte> ready, int column)
    {
        Room(ready.Length);
        ready.CopyTo(bytes.AsSpan(Length));
        Length += ready.Length;
        Column = column;
    }

    /// <summary>A soft line break: it vanishes when the letter is read.</summary>
    public void Join()
    {
        if (Column == 0)
            return;
        Room(3);
        bytes[Length++] = (byte)'=';
        NewLine();
    }

    public void Text(ReadOnlySpan<char> text)
    {
        Room((text.Length * 4) + 64);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is > ' ' and <= '~' and not '=')
            {
                // A dot or "From " at the start of a line has a meaning for some mail programs.
                if (Column == 0 && (c == '.' || (c == 'F' && text[i..].StartsWith("From ", StringComparison.Ordinal))))
                    Octet((byte)c);
                else
                    Plain((byte)c);
            }
            else if (c is ' ' or '\t')
            {
                if (i + 1 == text.Length || text[i + 1] is '\n' or '\r')
                    Octet((byte)c);
                else
                    Plain((byte)c);
            }
            else if (c is '\n' or '\r')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                    continue;
                Room(2);
                NewLine();
            }
            else
            {
                i += Rune(text[i..]) - 1;
            }
        }
    }

    private int Rune(ReadOnlySpan<char> text)
    {
        System.Text.Rune.DecodeFromUtf16(text, out var rune, out var used);
        Span<byte> octets = stackalloc byte[4];
        foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
            Octet(octet);
        return Math.Max(1, used);
    }

    private void Plain(byte c)
    {
        if (Column >= Longest)
        {
            Join();
            if (c == '.')
            {
                Octet(c);
                return;
            }
        }

        Room(1);
        bytes[Length++] = c;
        Column++;
    }

    private void Octet(byte octet)
    {
        if (Column + 3 > Longest)
            Join();
        Room(3);
        bytes[Length++] = (byte)'=';
        bytes[Length++] = (byte)"0123456789ABCDEF"[octet >> 4];
        bytes[Length++] = (byte)"0123456789ABCDEF"[octet & 15];
        Column += 3;
    }

    private void NewLine()
    {
        bytes[Length++] = (byte)'\r';
        bytes[Length++] = (byte)'\n';
        Column = 0;
    }

    private void Room(int more)
    {
        if (Length + more + 4 > bytes.Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + more + 64));
    }
}
