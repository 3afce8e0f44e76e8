using System.Text;
using UtfUnknown;

namespace Plura.Contacts;

/// <summary>
/// Finds out in which characters a file is written while its bytes pass by: a byte-order mark, else the zero bytes of UTF-16,
/// else strict UTF-8, else Windows-1252, unless the bytes are plainly of another script.
/// </summary>
public sealed class CsvEncoding
{
    private const int SampleSize = 256 * 1024;

    /// <summary>Scripts whose guess by letter frequency is reliable; between the Latin ones it is not.</summary>
    private static readonly HashSet<string> OtherScripts = new(StringComparer.OrdinalIgnoreCase)
    {
        "windows-1251", "koi8-r", "iso-8859-5", "windows-1253", "iso-8859-7", "windows-1255", "iso-8859-8", "windows-1256",
        "shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "gb2312", "big5", "euc-kr",
    };

    private readonly MemoryStream sample = new();
    private readonly byte[] carry = new byte[4];
    private int carried;
    private long goodSequences;
    private long badBytes;

    static CsvEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public long Bytes { get; private set; }

    /// <summary>The encoding of that web name; the byte-order mark is skipped by the reader.</summary>
    public static Encoding Named(string name) => Encoding.GetEncoding(name);

    public void Look(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        if (sample.Length < SampleSize)
            sample.Write(bytes[..(int)Math.Min(bytes.Length, SampleSize - sample.Length)]);
        if (carried > 0)
        {
            // The sequence that the last block cut: at most three bytes stand over.
            Span<byte> joined = stackalloc byte[8];
            carry.AsSpan(0, carried).CopyTo(joined);
            var taken = Math.Min(4, bytes.Length);
            bytes[..taken].CopyTo(joined[carried..]);
            var used = One(joined[..(carried + taken)]);
            if (used == 0)
            {
                joined[..Math.Min(4, carried + taken)].CopyTo(carry);
                carried += taken;
                return;
            }

            // What stood over was a good beginning, so at least that much was used.
            bytes = bytes[(used - carried)..];
            carried = 0;
        }

        Scan(bytes);
    }

    /// <summary>The web name of the encoding, once all bytes were seen.</summary>
    public string Decide()
    {
        var start = sample.GetBuffer().AsSpan(0, (int)sample.Length);
        if (start.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
            return "utf-8";
        if (start.StartsWith<byte>([0xFF, 0xFE, 0, 0]))
            return "utf-32";
        if (start.StartsWith<byte>([0xFF, 0xFE]))
            return "utf-16";
        if (start.StartsWith<byte>([0xFE, 0xFF]))
            return "utf-16BE";
        if (Utf16WithoutMark(start) is { } wide)
            return wide;
        badBytes += carried;
        // A few broken bytes in a file that is otherwise UTF-8 spoil their own rows only.
        if (badBytes == 0 || goodSequences > 20 * badBytes)
            return "utf-8";
        if (!IsMostlyForeign(start))
            return "windows-1252";
        sample.Position = 0;
        var guess = CharsetDetector.DetectFromStream(sample).Detected;
        return guess is { Confidence: > 0.4f } && OtherScripts.Contains(guess.EncodingName) ? guess.EncodingName : "windows-1252";
    }

    /// <summary>In Western languages letters outside ASCII are rare; in other scripts they are the text.</summary>
    private static bool IsMostlyForeign(ReadOnlySpan<byte> start)
    {
        int foreign = 0, plain = 0;
        foreach (var letter in start)
        {
            foreign += letter >= 0x80 ? 1 : 0;
            plain += char.IsAsciiLetter((char)letter) ? 1 : 0;
        }

        return foreign * 2 > plain;
    }

    /// <summary>Latin letters in UTF-16 leave every other byte zero: behind the letter little-endian, before it big-endian.</summary>
    private static string? Utf16WithoutMark(ReadOnlySpan<byte> start)
    {
        int even = 0, odd = 0, pairs = start.Length / 2;
        for (var i = 0; i + 1 < start.Length; i += 2)
        {
            even += start[i] == 0 ? 1 : 0;
            odd += start[i + 1] == 0 ? 1 : 0;
        }

        if (pairs < 4)
            return null;
        if (odd > pairs * 0.4 && even < pairs * 0.05)
            return "utf-16";
        return even > pairs * 0.4 && odd < pairs * 0.05 ? "utf-16BE" : null;
    }

    private void Scan(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var next = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (next < 0)
                return;
            bytes = bytes[next..];
            var used = One(bytes);
            if (used == 0)
            {
                bytes.CopyTo(carry);
                carried = bytes.Length;
                return;
            }

            bytes = bytes[used..];
        }
    }

    /// <summary>How many bytes the sequence took; zero where more bytes are needed to tell.</summary>
    private int One(ReadOnlySpan<byte> bytes)
    {
        var status = Rune.DecodeFromUtf8(bytes, out _, out var used);
        if (status == System.Buffers.OperationStatus.NeedMoreData)
            return 0;
        if (status != System.Buffers.OperationStatus.Done)
            badBytes += used;
        else if (used > 1)
            goodSequences++;
        return used;
    }
}
