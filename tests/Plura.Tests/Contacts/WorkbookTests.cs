using System.Globalization;
using System.IO.Compression;
using System.Text;
using Plura.Contacts;

namespace Plura.Tests.Contacts;

/// <summary>Workbooks become the plain table that a CSV is, whatever wrote them; and what is none is refused in a sentence.</summary>
public sealed class WorkbookTests : IDisposable
{
    private readonly string folder = TestFolders.New();

    public void Dispose() => TestFolders.Remove(folder);

    [Fact]
    public void Reads_what_another_library_writes()
    {
        var table = Read(Books.Of(("People", [["Name", "E-Mail", "Age", "Since", "Pays"], ["Zoë, O'Neil", "zoe@example.com", 41, new DateTime(2026, 2, 28, 0, 0, 0, DateTimeKind.Unspecified), true], ["Jürgen \"J\"", "j@example.de", 41.5, null, false]])));
        Assert.Equal(["Name|E-Mail|Age|Since|Pays", "Zoë, O'Neil|zoe@example.com|41|2026-02-28|TRUE", "Jürgen \"J\"|j@example.de|41.5||FALSE"], table);
    }

    [Theory]
    [InlineData("491701234567", "491701234567")]
    [InlineData("4.91701234567E+11", "491701234567")]
    [InlineData("12", "12")]
    [InlineData("12.0", "12")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1.1000000000000001", "1.1")]
    [InlineData("-42.50", "-42.5")]
    [InlineData("1E-3", "0.001")]
    [InlineData("0", "0")]
    [InlineData("not a number", "not a number")]
    public void Numbers_are_written_as_people_write_them(string stored, string shown) =>
        Assert.Equal(["x|" + shown], Read(Books.Raw($"<row r=\"1\">{Books.Text("A1", "x")}<c r=\"B1\"><v>{stored}</v></c></row>")));

    [Theory]
    [InlineData("14", "", "45000", "2023-03-15")]
    [InlineData("22", "", "45000.5", "2023-03-15 12:00")]
    [InlineData("14", "", "1", "1900-01-01")]
    [InlineData("14", "", "59", "1900-02-28")]
    [InlineData("14", "", "61", "1900-03-01")]
    [InlineData("20", "", "0.75", "18:00")]
    [InlineData("164", "dd\\.mm\\.yyyy", "45000", "2023-03-15")]
    [InlineData("164", "[$-407]d. mmmm yyyy;@", "45000", "2023-03-15")]
    [InlineData("164", "mmm yy", "45000", "2023-03-15")]
    [InlineData("164", "[h]:mm", "1.5", "36:00")]
    [InlineData("164", "0.00 \"days\"", "45000", "45000")]
    [InlineData("164", "[Red]#,##0", "45000", "45000")]
    [InlineData("164", "#,##0.00\\ [$€-407]", "1250.5", "1250.5")]
    [InlineData("164", "00000", "1067", "01067")]
    [InlineData("164", "General", "45000", "45000")]
    [InlineData("14", "", "-5", "-5")]
    public void A_number_means_what_its_format_says(string id, string code, string stored, string shown)
    {
        var styles = $"<numFmts><numFmt numFmtId=\"164\" formatCode=\"{System.Security.SecurityElement.Escape(code)}\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"{id}\"/></cellXfs>";
        Assert.Equal(["x|" + shown], Read(Books.Raw($"<row r=\"1\">{Books.Text("A1", "x")}<c r=\"B1\" s=\"1\"><v>{stored}</v></c></row>", styles)));
    }

    [Fact]
    public void Days_of_old_Macs_are_counted_from_1904() =>
        Assert.Equal(["x|2023-03-15"], Read(Books.Raw($"<row>{Books.Text("A1", "x")}<c s=\"1\"><v>43538</v></c></row>", "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>", settings: "date1904=\"1\"")));

    [Fact]
    public void Every_kind_of_cell_is_read()
    {
        var texts = "<si><t>Shared</t></si><si><r><t>Ri</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">ch </t></r><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh></si><si><t>a_x000D_\nb_x0000_</t></si>";
        var rows = $"""
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>
            <row r="2">{Books.Text("A2", "007")}<c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="C2"><f>1+1</f><v>2</v></c></row>
            <row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c><c r="C3" t="e"><v>#REF!</v></c><c r="D3"/><c r="E3" s="9"/></row>
            <row r="4"><c t="d"><v>2026-11-23T00:00:00</v></c><c><f>A1</f></c><c t="d"><v>2026-11-23T08:30:00</v></c></row>
            """;
        Assert.Equal(["Shared|Rich |a\nb", "007|ab|2", "TRUE||#REF!", "2026-11-23||2026-11-23 08:30"], Read(Books.Raw(rows, texts: texts)));
    }

    [Fact]
    public void A_cell_over_several_rows_counts_for_each_and_one_over_several_columns_for_the_first()
    {
        var rows = $"<row r=\"1\">{Books.Text("A1", "Company")}{Books.Text("B1", "Name")}</row><row r=\"2\">{Books.Text("A2", "Bakery")}{Books.Text("B2", "Ann")}</row><row r=\"3\">{Books.Text("B3", "Bob")}</row><row r=\"4\">{Books.Text("B4", "Cleo")}</row><row r=\"5\">{Books.Text("A5", "Wide")}</row>";
        Assert.Equal(["Company|Name", "Bakery|Ann", "Bakery|Bob", "|Cleo", "Wide"], Read(Books.Raw(rows, after: "<mergeCells count=\"2\"><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"A5:B5\"/></mergeCells>")));
    }

    [Fact]
    public void Rows_keep_their_numbers_and_a_title_above_the_column_names_is_no_row()
    {
        var book = Books.Raw($"<row r=\"1\">{Books.Text("A1", "Customers of 2026")}</row><row r=\"3\">{Books.Text("A3", "Name")}{Books.Text("B3", "E-Mail")}</row><row r=\"4\">{Books.Text("A4", "two\nlines")}{Books.Text("B4", "ann@example.com")}</row><row r=\"7\">{Books.Text("B7", "bob@example.com")}</row>");
        var (path, sheets) = Table(book);
        var shape = CsvShape.Of(path, "utf-8", sheets);
        Assert.Equal(["Name", "E-Mail"], shape.Headers);
        Assert.Equal(2, shape.Rows);
        using var text = CsvShape.Text(path, "utf-8");
        var records = shape.Open(text);
        Assert.True(records.Read());
        Assert.Equal((4, "two\nlines"), (records.Line, records[0].ToString()));
        Assert.True(records.Read());
        Assert.Equal(7, records.Line);
    }

    [Fact]
    public void A_list_of_one_column_has_no_title() =>
        Assert.Equal(["E-Mail", "ann@example.com", "bob@example.com|Bob"], Read(Books.Raw($"<row>{Books.Text("A1", "E-Mail")}</row><row>{Books.Text("A2", "ann@example.com")}</row><row>{Books.Text("A3", "bob@example.com")}{Books.Text("B3", "Bob")}</row>")));

    [Fact]
    public void The_first_sheet_with_rows_is_taken_and_hidden_ones_are_left_alone()
    {
        static string Sheet(string text) => $"<sheetData><row>{Books.Text("A1", text)}</row></sheetData>";
        var book = Books.Parts([("Empty", "<sheetData/>", ""), ("Secret", Sheet("secret"), "hidden"), ("People", Sheet("people"), ""), ("Old & gone", Sheet("old"), "")]);
        var (path, sheets) = Table(book);
        Assert.Equal(["People", "Old & gone"], sheets.Names);
        Assert.Equal("People", sheets.Chosen);
        Assert.Equal("people", File.ReadAllText(path).Trim());
        Assert.Equal(["old"], Read(book, "old & GONE"));
        Assert.Contains("no sheet “Secret” with rows. It has: People, Old & gone.", Refused(book, "Secret"), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_shared_texts_come_from_a_file_and_none_is_left_behind()
    {
        var texts = new StringBuilder();
        for (var i = 0; i < 450_000; i++)
            texts.Append(CultureInfo.InvariantCulture, $"<si><t>Grüße {i}</t></si>");
        Assert.Equal(["Grüße 0|Grüße 399999|Grüße 400000|Grüße 449999"], Read(Books.Raw("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>399999</v></c><c t=\"s\"><v>400000</v></c><c t=\"s\"><v>449999</v></c></row>", texts: texts.ToString())));
        Assert.Equal(["book", "table"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, byte[]> Strangers()
    {
        var old = new byte[4096];
        ((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(old);
        byte[] locked = [.. old, .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. old];
        var whole = Books.Raw($"<row>{Books.Text("A1", "x")}</row>");
        return new TheoryData<string, byte[]>
        {
            { "old format of Excel (.xls)", old },
            { "protected by a password", locked },
            { "This is a page, not a workbook", "<!DOCTYPE html><table></table>"u8.ToArray() },
            { "This is a PDF", "%PDF-1.7 …"u8.ToArray() },
            { "a packed file (.zip), not a workbook", Books.Zip(("people.csv", "E-Mail\nann@example.com\n")) },
            { "a binary workbook (.xlsb)", Books.Zip(("[Content_Types].xml", "x"), ("xl/workbook.bin", "x")) },
            { "an OpenDocument file", Books.Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>")) },
            { "Apple’s Numbers", Books.Zip(("Index/Document.iwa", "x")) },
            { "is damaged", whole[..^30] },
            { "is damaged", whole[..200] },
            { "is damaged", Books.Raw("<row><c><v>1</c></row>") },
            { "is damaged", Books.Raw("<row r=\"2\"><c><v>1</v></c></row><row r=\"1\"><c><v>1</v></c></row>") },
            { "is damaged", Books.Raw("<row r=\"1048577\"><c><v>1</v></c></row>") },
            { "is damaged", Books.Raw("<row><c t=\"s\"><v>7</v></c></row>") },
            { "is damaged", Books.Zip(("[Content_Types].xml", "x"), ("_rels/.rels", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><Relationships>&a;</Relationships>")) },
            { "no sheet with rows and columns", Books.Parts([]) },
            { "nothing in the workbook", Books.Raw("") },
            { "nothing in the workbook", Books.Raw("<row r=\"1\"><c r=\"A1\" s=\"1\"/></row>") },
            { "more than 1,000 columns", Books.Raw("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>") },
            { "a single cell of more than 100,000 characters", Books.Raw($"<row>{Books.Text("A1", new string('x', 100_001))}</row>") },
            { "unpacks to far more", Books.Raw($"<row>{Books.Text("A1", new string('x', 3_000_000))}</row>") },
            { "unpacks to far more", Many(10_001) },
        };
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Says_in_a_sentence_what_is_no_workbook_it_can_read(string says, byte[] file) => Assert.Contains(says, Refused(file), StringComparison.Ordinal);

    [Fact]
    public void A_bomb_is_put_out_before_it_has_gone_off()
    {
        // A few kilobytes that become sixty-four million.
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("[Content_Types].xml", "x"), ("_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"w.xml\"/></Relationships>") })
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }

            using var bomb = zip.CreateEntry("w.xml", CompressionLevel.Fastest).Open();
            var block = new byte[1024 * 1024];
            Array.Fill(block, (byte)' ');
            for (var i = 0; i < 64; i++)
                bomb.Write(block);
        }

        Assert.True(stream.Length < 1024 * 1024);
        Assert.Contains("unpacks to far more", Refused(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_out_is_counted_whatever_it_says_of_itself()
    {
        var budget = new Budget(100);
        using var part = new PartStream(new MemoryStream(new byte[101]), budget);
        Assert.Throws<UnreadableCsvException>(() => part.CopyTo(Stream.Null));
    }

    private static byte[] Many(int entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < entries; i++)
                zip.CreateEntry(i.ToString(CultureInfo.InvariantCulture), CompressionLevel.NoCompression);
        }

        return stream.ToArray();
    }

    private string Refused(byte[] file, string? sheet = null) => Assert.Throws<UnreadableCsvException>(() => Table(file, sheet)).Message;

    /// <summary>The rows, their cells between bars; empty lines left out.</summary>
    private List<string> Read(byte[] book, string? sheet = null)
    {
        var (path, _) = Table(book, sheet);
        using var text = CsvShape.Text(path, "utf-8");
        var records = new CsvRecords(text, ',');
        var rows = new List<string>();
        while (records.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, records.Count).Select(i => records[i].ToString())));
        return rows;
    }

    private (string Path, WorkbookSheets Sheets) Table(byte[] book, string? sheet = null)
    {
        var (from, to) = (Path.Combine(folder, "book"), Path.Combine(folder, "table"));
        File.WriteAllBytes(from, book);
        if (!WorkbookFile.Is(from))
            throw new InvalidOperationException("This would be read as text.");
        using var table = File.Create(to);
        return (to, WorkbookCopy.Take(from, Path.Combine(folder, "texts"), table, sheet));
    }
}
