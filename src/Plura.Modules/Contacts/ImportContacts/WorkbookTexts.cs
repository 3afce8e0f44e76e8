using System.Text;
using System.Xml;

namespace Plura.Contacts;

/// <summary>A workbook's shared texts by their number: the first in memory, the rest in a file beside the upload that goes when it is closed.</summary>
public sealed class WorkbookTexts(string path) : IDisposable
{
    private const int MostNear = 400_000;
    private const int MostNearLetters = 8_000_000;
    private const int Most = 12_000_000;
    private readonly List<string> near = [];
    private readonly List<long> ends = [];
    private int letters;
    private FileStream? far;
    private byte[] block = new byte[4096];

    public string this[int number]
    {
        get
        {
            if (number < 0 || number >= near.Count + ends.Count)
                throw WorkbookFile.Damaged();
            return number < near.Count ? near[number] : Far(number - near.Count);
        }
    }

    /// <summary>Reads the part with the shared texts: each may be cut into runs of different looks.</summary>
    public void Load(XmlReader xml)
    {
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
                Add(WorkbookXml.RichText(xml));
        }

        far?.Flush();
    }

    public void Dispose() => far?.Dispose();

    private void Add(string text)
    {
        if (ends.Count == 0 && near.Count < MostNear && letters + text.Length <= MostNearLetters)
        {
            letters += text.Length;
            near.Add(text);
            return;
        }

        if (ends.Count >= Most)
            throw WorkbookFile.TooLarge();
        far ??= new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, BufferSize = 128 * 1024, Options = FileOptions.DeleteOnClose });
        far.Write(Encoding.UTF8.GetBytes(text));
        ends.Add(far.Position);
    }

    private string Far(int number)
    {
        var start = number == 0 ? 0 : ends[number - 1];
        var length = (int)(ends[number] - start);
        if (length > block.Length)
            block = new byte[length];
        for (var done = 0; done < length;)
        {
            var read = RandomAccess.Read(far!.SafeFileHandle, block.AsSpan(done, length - done), start + done);
            done += read > 0 ? read : throw WorkbookFile.Damaged();
        }

        return Encoding.UTF8.GetString(block, 0, length);
    }
}
