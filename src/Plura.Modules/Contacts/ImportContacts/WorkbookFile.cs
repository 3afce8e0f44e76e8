using System.Buffers.Binary;
using System.IO.Compression;

namespace Plura.Contacts;

/// <summary>What an upload is by its first bytes, and a workbook's zip opened under limits: a file from a stranger may claim anything.</summary>
public static class WorkbookFile
{
    /// <summary>What all that is read of one workbook may have, unpacked.</summary>
    public const long MostUnpacked = 3L * 1024 * 1024 * 1024;

    /// <summary>A workbook lists a few dozen parts; a list longer than this is there to fill the memory.</summary>
    private const int LongestDirectory = 4 * 1024 * 1024;
    private const int MostEntries = 10_000;

    /// <summary>True for what a spreadsheet program of the last twenty years saves, false for text.</summary>
    /// <exception cref="UnreadableCsvException">It is a kind of file that cannot be taken, and what to do instead.</exception>
    public static bool Is(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[8];
        var length = file.ReadAtLeast(start, 8, throwOnEndOfStream: false);
        start = start[..length];
        if (start.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
            throw new UnreadableCsvException(Mentions(file, "EncryptedPackage")
                ? "The workbook is protected by a password. Open it in your spreadsheet program, remove the password, save it, and upload it again."
                : "This is a workbook in the old format of Excel (.xls). Open it in your spreadsheet program, save it as “Excel workbook (.xlsx)”, and upload that file.");
        if (start.StartsWith("%PDF"u8))
            throw new UnreadableCsvException("This is a PDF, a picture of a list. Upload the workbook or the CSV file that it was made from.");
        // Web programs like to send a page and call it .xls.
        if (System.Text.Encoding.ASCII.GetString(start).ToLowerInvariant() is var word && (word.StartsWith("<html", StringComparison.Ordinal) || word.StartsWith("<!doct", StringComparison.Ordinal) || word.StartsWith("<table", StringComparison.Ordinal) || word.StartsWith("<?xml", StringComparison.Ordinal)))
            throw new UnreadableCsvException("This is a page, not a workbook, whatever its name says. Open it in your spreadsheet program, save it as “Excel workbook (.xlsx)”, and upload that file.");
        return start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8);
    }

    /// <exception cref="UnreadableCsvException">It is no workbook, or none that can be read within the limits.</exception>
    public static ZipArchive Open(Stream file)
    {
        Bound(file);
        try
        {
            var zip = new ZipArchive(file, ZipArchiveMode.Read);
            if (zip.Entries.Count > MostEntries)
                throw TooLarge();
            Recognise(zip);
            return zip;
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    public static UnreadableCsvException Damaged() =>
        new("The workbook is damaged and cannot be read to its end. Open it in your spreadsheet program, save it under another name, and upload that file.");

    public static UnreadableCsvException TooLarge() =>
        new("The workbook unpacks to far more than a list of contacts has. Copy the rows you need into a new workbook, or save the sheet as CSV, and upload that file.");

    private static void Recognise(ZipArchive zip)
    {
        if (zip.GetEntry("xl/workbook.bin") is not null)
            throw new UnreadableCsvException("This is a binary workbook (.xlsb). Save it as “Excel workbook (.xlsx)” and upload that file.");
        if (zip.GetEntry("content.xml") is not null && zip.GetEntry("mimetype") is not null)
            throw new UnreadableCsvException("This is an OpenDocument file. Save it as “Excel workbook (.xlsx)” or as CSV, and upload that file.");
        if (zip.Entries.Any(e => e.FullName.EndsWith(".iwa", StringComparison.Ordinal)))
            throw new UnreadableCsvException("This is a document of Apple’s Numbers. Choose “Export to”, then “Excel” or “CSV”, and upload that file.");
        if (zip.GetEntry("[Content_Types].xml") is null || zip.GetEntry("_rels/.rels") is null)
            throw new UnreadableCsvException("This is a packed file (.zip), not a workbook. Unpack it, and upload the list that is in it.");
    }

    /// <summary>Looks at the end of the zip before its directory is taken into memory.</summary>
    private static void Bound(Stream file)
    {
        var tail = new byte[(int)Math.Min(file.Length, 22 + ushort.MaxValue)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < 22)
            throw Damaged();
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12));
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (entries > MostEntries || size > LongestDirectory || start == uint.MaxValue)
            throw TooLarge();
        // The directory ends where its end is written: one that begins earlier than it says is longer than it says.
        if (start + (long)LongestDirectory < file.Length - tail.Length + end)
            throw TooLarge();
        file.Seek(0, SeekOrigin.Begin);
    }

    /// <summary>Whether a name of the old container's directory stands in it.</summary>
    private static bool Mentions(FileStream file, string name)
    {
        var wanted = System.Text.Encoding.Unicode.GetBytes(name);
        var block = new byte[1024 * 1024];
        var kept = 0;
        file.Seek(0, SeekOrigin.Begin);
        for (int read; (read = file.Read(block, kept, block.Length - kept)) > 0;)
        {
            if (block.AsSpan(0, kept + read).IndexOf(wanted) >= 0)
                return true;
            var all = kept + read;
            kept = Math.Min(wanted.Length, all);
            block.AsSpan(all - kept, kept).CopyTo(block);
        }

        return false;
    }
}

/// <summary>Counts what really comes out of a zip's part, whatever the part says of itself, and refuses what no sheet has.</summary>
public sealed class PartStream(Stream part, Budget budget) : Stream
{
    /// <summary>No tag and no text between two tags is longer: it would have to stand in the memory as a whole.</summary>
    private const int LongestRun = 2 * 1024 * 1024;
    private int run;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = part.Read(buffer);
        budget.Take(read);
        var rest = (ReadOnlySpan<byte>)buffer[..read];
        for (var stop = rest.IndexOfAny((byte)'<', (byte)'>'); stop >= 0; stop = rest.IndexOfAny((byte)'<', (byte)'>'))
        {
            run = 0;
            rest = rest[(stop + 1)..];
        }

        run += rest.Length;
        return run > LongestRun ? throw WorkbookFile.TooLarge() : read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            part.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>How many bytes may still come.</summary>
public sealed class Budget(long most)
{
    private long left = most;

    public void Take(long bytes)
    {
        left -= bytes;
        if (left < 0)
            throw WorkbookFile.TooLarge();
    }
}
