using System.IO.Compression;
using System.Xml;

namespace Plura.Contacts;

/// <summary>An open workbook: its sheets in their order, and how to read one row by row without holding it.</summary>
public sealed class Workbook : IDisposable
{
    private const int MostSheets = 200;
    private readonly FileStream file;
    private readonly ZipArchive zip;
    private readonly Budget budget = new(WorkbookFile.MostUnpacked);
    private readonly string texts;
    private readonly List<(string Name, string Part)> sheets = [];
    private readonly bool from1904;
    private readonly Dictionary<string, string> related;

    /// <param name="path">The upload.</param>
    /// <param name="texts">Where texts may lie that are too many for the memory.</param>
    public Workbook(string path, string texts)
    {
        this.texts = texts;
        file = File.OpenRead(path);
        try
        {
            zip = WorkbookFile.Open(file);
            var home = Related("", "_rels/.rels").FirstOrDefault(r => r.Key.EndsWith("/officeDocument", StringComparison.Ordinal)).Value
                ?? throw new UnreadableCsvException("This is a packed file (.zip), not a workbook. Unpack it, and upload the list that is in it.");
            (related, var byId) = Relations(home);
            (sheets, from1904) = Contents(home, byId);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        if (sheets.Count > 0)
            return;
        file.Dispose();
        throw new UnreadableCsvException("The workbook has no sheet with rows and columns.");
    }

    /// <summary>Names of the sheets that have something in them, as they stand in the workbook; hidden ones only where no other is there.</summary>
    public IReadOnlyList<string> Filled() => [.. sheets.Where(s => HasRows(s.Part)).Select(s => s.Name)];

    /// <summary>The rows of a sheet with something in them. The cells are reused for the next row.</summary>
    public IEnumerable<(int Row, IReadOnlyList<string> Cells)> Rows(string sheet)
    {
        var part = sheets.First(s => s.Name == sheet).Part;
        using var shared = new WorkbookTexts(texts);
        if (Part("/sharedStrings") is { } strings)
        {
            using var xml = WorkbookXml.Reader(strings);
            shared.Load(xml);
        }

        WorkbookFormats formats;
        using (var styles = Part("/styles") is { } stream ? WorkbookXml.Reader(stream) : null)
            formats = new WorkbookFormats(styles, from1904);
        var merges = Merges(part);
        using var rows = WorkbookXml.Reader(Stream(part));
        foreach (var row in new WorkbookRows(rows, shared, formats, merges).All())
            yield return row;
    }

    public void Dispose()
    {
        zip.Dispose();
        file.Dispose();
    }

    private (List<(string, string)> Sheets, bool From1904) Contents(string home, Dictionary<string, string> byId)
    {
        var (shown, hidden, early) = (new List<(string, string)>(), new List<(string, string)>(), false);
        using var xml = WorkbookXml.Reader(Stream(home));
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "workbookPr")
                early = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName != "sheet" || shown.Count + hidden.Count >= MostSheets)
                continue;
            var id = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
            // A chart has a sheet of its own, but no rows.
            if (id is not null && byId.GetValueOrDefault(id) is { } part)
                (xml.GetAttribute("state") is "hidden" or "veryHidden" ? hidden : shown).Add((WorkbookXml.Clean(xml.GetAttribute("name") ?? ""), part));
        }

        return (shown.Count > 0 ? shown : hidden, early);
    }

    private (Dictionary<string, string> ByType, Dictionary<string, string> Sheets) Relations(string home)
    {
        var slash = home.LastIndexOf('/') + 1;
        var list = $"{home[..slash]}_rels/{home[slash..]}.rels";
        return (Related(home[..slash], list), Related(home[..slash], list, sheets: true));
    }

    /// <summary>What belongs to a part: by its type, or the sheets by their id.</summary>
    private Dictionary<string, string> Related(string folder, string list, bool sheets = false)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (zip.GetEntry(list) is null)
            return found;
        using var xml = WorkbookXml.Reader(Stream(list));
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || xml.GetAttribute("TargetMode") == "External")
                continue;
            var (type, target, id) = (xml.GetAttribute("Type") ?? "", xml.GetAttribute("Target") ?? "", xml.GetAttribute("Id") ?? "");
            if (sheets == type.EndsWith("/worksheet", StringComparison.Ordinal) && found.Count < 10_000)
                found.TryAdd(sheets ? id : type, Inside(folder, target));
        }

        return found;
    }

    private static string Inside(string folder, string target)
    {
        if (target.StartsWith('/'))
            return target[1..];
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else if (part != ".")
                parts.Add(part);
        }

        return string.Join('/', parts);
    }

    private bool HasRows(string part)
    {
        using var xml = WorkbookXml.Reader(Stream(part));
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" or "t", IsEmptyElement: false })
                return true;
        }

        return false;
    }

    /// <summary>Cells that are one over several rows. They stand behind the rows, so they are looked for first, and quickly.</summary>
    private List<MergedCells> Merges(string part)
    {
        if (!Contains(part, "mergeCell "u8))
            return [];
        var merges = new List<MergedCells>();
        using var xml = WorkbookXml.Reader(Stream(part));
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "mergeCell" } && merges.Count < 200_000 && MergedCells.Read(xml.GetAttribute("ref")) is { } merge && merge.Bottom > merge.Top)
                merges.Add(merge);
        }

        merges.Sort((a, b) => a.Top.CompareTo(b.Top));
        return merges;
    }

    private bool Contains(string part, ReadOnlySpan<byte> word)
    {
        using var stream = Stream(part);
        var block = new byte[128 * 1024];
        var kept = 0;
        for (int read; (read = stream.Read(block, kept, block.Length - kept)) > 0;)
        {
            var all = kept + read;
            if (block.AsSpan(0, all).IndexOf(word) >= 0)
                return true;
            kept = Math.Min(word.Length, all);
            block.AsSpan(all - kept, kept).CopyTo(block);
        }

        return false;
    }

    private PartStream? Part(string type) => related.FirstOrDefault(r => r.Key.EndsWith(type, StringComparison.Ordinal)).Value is { } part && zip.GetEntry(part) is not null ? Stream(part) : null;

    private PartStream Stream(string part)
    {
        var entry = zip.GetEntry(part) ?? throw WorkbookFile.Damaged();
        if (entry.Length > WorkbookFile.MostUnpacked)
            throw WorkbookFile.TooLarge();
        return new PartStream(entry.Open(), budget);
    }
}

/// <summary>Cells that were made one: the value stands in the first.</summary>
public sealed record MergedCells(int Top, int Bottom, int Column)
{
    /// <summary>Reads <c>A2:C4</c>.</summary>
    public static MergedCells? Read(string? reference)
    {
        var ends = (reference ?? "").Split(':');
        return ends.Length == 2 && WorkbookRows.Place(ends[0]) is { } first && WorkbookRows.Place(ends[1]) is { } last ? new MergedCells(first.Row, last.Row, first.Column) : null;
    }
}
