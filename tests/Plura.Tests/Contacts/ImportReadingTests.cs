using System.Text;
using Plura.Contacts;

namespace Plura.Tests.Contacts;

public sealed class ImportReadingTests : IDisposable
{
    private readonly string folder = TestFolders.New();

    public void Dispose() => TestFolders.Remove(folder);

    private const string Table = "Vorname,Nachname,E-Mail,Notiz\nJürgen,Müller,juergen@example.de,\"Zeile 1\nZeile 2\"\nZoë,O'Neil,zoe@example.com,\"sagt \"\"ja\"\"\"\n";

    public static TheoryData<string, bool, char, string> Shapes()
    {
        var shapes = new TheoryData<string, bool, char, string>();
        foreach (var (name, mark) in new[] { ("utf-8", false), ("utf-8", true), ("utf-16", true), ("utf-16", false), ("utf-16BE", true), ("utf-16BE", false), ("windows-1252", false) })
        {
            foreach (var delimiter in ",;\t|")
            {
                foreach (var line in new[] { "\n", "\r\n", "\r" })
                    shapes.Add(name, mark, delimiter, line);
            }
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Reads_every_encoding_delimiter_and_line_end(string encoding, bool mark, char delimiter, string line)
    {
        // A line break inside quotes stays as it is; only those between rows differ from program to program.
        var text = Table.Replace(',', delimiter).Replace("\nJ", line + "J").Replace("\nZo", line + "Zo").Replace("\"\n", "\"" + line);
        var shape = Look(Bytes(text, encoding, mark));

        Assert.Equal(delimiter, shape.Delimiter);
        Assert.Equal(["Vorname", "Nachname", "E-Mail", "Notiz"], shape.Headers);
        Assert.Equal(2, shape.Rows);
        Assert.Equal(["Jürgen", "Müller", "juergen@example.de", "Zeile 1\nZeile 2"], shape.Samples[0]);
        Assert.Equal(["Zoë", "O'Neil", "zoe@example.com", "sagt \"ja\""], shape.Samples[1]);
    }

    [Fact]
    public void Recognises_another_script_by_its_letters()
    {
        var text = "Имя,Электронная почта\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"Анна Петровна Кузнецова из города Санкт-Петербурга,anna{i}@example.ru\n"));
        Assert.Equal("Имя", Look(Bytes(text, "windows-1251", false)).Headers[0]);
    }

    [Fact]
    public void A_few_broken_bytes_do_not_turn_a_whole_file_into_another_encoding()
    {
        var text = "Name,E-Mail\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"Jürgen,j{i}@example.de\n"));
        var bytes = Encoding.UTF8.GetBytes(text).Concat(new byte[] { (byte)'M', 0xFC, (byte)'l', (byte)'l', (byte)'e', (byte)'r', (byte)',', (byte)'x', (byte)'\n' }).ToArray();
        var shape = Look(bytes);
        Assert.Equal("utf-8", shape.Encoding);
        Assert.Equal("Jürgen", shape.Samples[0][0]);
    }

    [Fact]
    public void Multibyte_letters_on_the_border_of_two_blocks_are_not_broken()
    {
        for (var shift = 0; shift < 4; shift++)
        {
            var encoding = new CsvEncoding();
            var bytes = Encoding.UTF8.GetBytes(new string('a', shift) + string.Concat(Enumerable.Repeat("ü€😀", 50)));
            foreach (var block in bytes.Chunk(5))
                encoding.Look(block);
            Assert.Equal("utf-8", encoding.Decide());
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n4,5,6\n", 3)]
    [InlineData("\n\n  \na,b\n1,2\n\n3,4\n", 2)]
    [InlineData("sep=;\r\na;b\r\n1;2\r\n", 1)]
    [InlineData("a,b\n\"x \"y\" z\",2\nfoo\"bar,3\n", 2)]
    [InlineData("a,b\n1,2", 1)]
    public void Reads_untidy_tables(string text, int rows) => Assert.Equal(rows, Look(Encoding.UTF8.GetBytes(text)).Rows);

    [Fact]
    public void Names_columns_that_have_none_or_the_same_name()
    {
        var shape = Look("E-Mail,,e-mail,  Name  ,\n1,2,3,4,5\n"u8.ToArray());
        Assert.Equal(["E-Mail", "Column 2", "e-mail (2)", "Name", "Column 5"], shape.Headers);
    }

    [Fact]
    public void A_file_without_a_header_keeps_its_first_person()
    {
        var shape = Look("ann@example.com,Ann\nbob@example.com,Bob\n"u8.ToArray());
        Assert.False(shape.Headed);
        Assert.Equal(2, shape.Rows);
        Assert.Equal("ann@example.com", shape.Samples[0][0]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n\n", "empty")]
    [InlineData("Name,E-Mail\n", "nobody below it")]
    [InlineData("Name,E-Mail\nAnn,a@example.com\nBo\0b,b@example.com\n", "Line 3 contains a zero byte")]
    [InlineData("Name,E-Mail\nAnn,\"a@example.com\nBob,b@example.com\n", "opens on line 2 is never closed")]
    public void Says_in_a_sentence_what_cannot_be_read(string text, string says) =>
        Assert.Contains(says, Assert.Throws<UnreadableCsvException>(() => Look(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_cell_of_100_megabytes_is_refused_in_little_memory()
    {
        var path = Path.Combine(folder, "large.csv");
        using (var file = File.CreateText(path))
        {
            file.Write("Name,E-Mail\nAnn,\"");
            for (var i = 0; i < 100; i++)
                file.Write(new string('x', 1024 * 1024));
            file.Write("\"\n");
        }

        var before = GC.GetTotalAllocatedBytes();
        var refused = Assert.Throws<UnreadableCsvException>(() => CsvShape.Of(path, "utf-8"));
        Assert.Contains("Line 2 has a single cell of more than 100,000 characters", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 8 * 1024 * 1024);
    }

    private CsvShape Look(byte[] bytes)
    {
        var path = Path.Combine(folder, "list.csv");
        File.WriteAllBytes(path, bytes);
        var encoding = new CsvEncoding();
        foreach (var block in bytes.Chunk(7))
            encoding.Look(block);
        return CsvShape.Of(path, encoding.Decide());
    }

    private static byte[] Bytes(string text, string name, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        return mark ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] : encoding.GetBytes(text);
    }
}
