using System.IO.Compression;
using System.Security;
using System.Text;
using MiniExcelLibs;

namespace Plura.Tests.Contacts;

/// <summary>Makes workbooks: as another program's library writes them, or part by part where a test needs what no library writes.</summary>
public static class Books
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Sheets by name, each a list of rows, the first of them the column names.</summary>
    public static byte[] Of(params (string Name, object?[][] Rows)[] sheets)
    {
        var stream = new MemoryStream();
        stream.SaveAs(
            sheets.ToDictionary(s => s.Name, s => (object)s.Rows.Skip(1)
                .Select(row => s.Rows[0].Select((name, i) => ((string)name!, Value: row.ElementAtOrDefault(i))).ToDictionary(c => c.Item1, c => c.Value, StringComparer.Ordinal)).ToList(), StringComparer.Ordinal),
            printHeader: true);
        return stream.ToArray();
    }

    /// <summary>One sheet from the XML of its rows.</summary>
    public static byte[] Raw(string rows, string styles = "", string texts = "", string after = "", string settings = "") =>
        Parts([("Sheet1", $"<sheetData>{rows}</sheetData>{after}", "")], styles, texts, settings);

    /// <summary>A workbook from its parts; the third of a sheet is its state.</summary>
    public static byte[] Parts((string Name, string Body, string State)[] sheets, string styles = "", string texts = "", string settings = "")
    {
        List<(string, string)> parts =
        [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("_rels/.rels", Relations([("r1", "officeDocument", "/xl/workbook.xml")])),
            ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relation}\"><workbookPr {settings}/><sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{SecurityElement.Escape(s.Name)}\" sheetId=\"{i + 1}\" r:id=\"s{i}\" {(s.State.Length > 0 ? $"state=\"{s.State}\"" : "")}/>"))}</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", Relations([.. sheets.Select((_, i) => ($"s{i}", "worksheet", $"worksheets/sheet{i + 1}.xml")), ("st", "styles", "styles.xml"), ("tx", "sharedStrings", "sharedStrings.xml")])),
            .. sheets.Select((s, i) => ($"xl/worksheets/sheet{i + 1}.xml", $"<worksheet xmlns=\"{Main}\">{s.Body}</worksheet>")),
        ];
        if (styles.Length > 0)
            parts.Add(("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\">{styles}</styleSheet>"));
        if (texts.Length > 0)
            parts.Add(("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{texts}</sst>"));
        return Zip([.. parts]);
    }

    public static byte[] Zip(params (string Name, string Text)[] parts)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    /// <summary>A cell with a text in it.</summary>
    public static string Text(string place, string text) => $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";

    private static string Relations(IEnumerable<(string Id, string Type, string Target)> all) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(all.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{Relation}/{r.Type}\" Target=\"{r.Target}\"/>"))}</Relationships>";
}
