using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Platform;
using Sylvan.Data.Csv;

namespace Plura.Tests.Contacts;

public sealed class ExportContactsTests(PluraApp app)
{
    private static Task<string> Export(TestAccount account, ListContacts query, params Guid[] selected) => account.In(async s =>
    {
        var handler = s.GetRequiredService<ExportContactsHandler>();
        Assert.Null((await handler.Begin(query, selected, sensitive: false, CancellationToken.None)).Refusal);
        using var output = new MemoryStream();
        await handler.Write(query, selected, sensitive: false, output, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    });

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+14155550123", "+14155550123")]
    [InlineData("-2", "-2")]
    [InlineData("+", "'+")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("plain", "plain")]
    public void A_cell_is_never_a_formula(string value, string written) => Assert.Equal(written, Csv.Cell(value));

    [Fact]
    public async Task A_search_bounds_the_page_and_not_the_file()
    {
        var account = await app.NewAccount();
        var many = ListContactsHandler.SearchCap + 20;
        await new ImportDesk(account).Import("First Name,Email\n" + string.Concat(Enumerable.Range(0, many).Select(n => $"Person{n},person{n}@bounded.example\n")));
        var csv = await Export(account, new ListContacts { Text = "bounded" });
        Assert.Equal(many, csv.Split('\n').Count(line => line.Contains("@bounded.example", StringComparison.Ordinal)));
        // A page that is met among the newest is one of all of them.
        Assert.False((await account.Api.PostJson("/api/v1/contacts/search", new { text = "bounded" })).GetProperty("capped").GetBoolean());
        await new ImportDesk(account).Import("First Name,Email\n" + string.Concat(Enumerable.Range(0, 5000).Select(n => $"Newer{n},newer{n}@other.example\n")));
        Assert.True((await account.Api.PostJson("/api/v1/contacts/search", new { text = "bounded" })).GetProperty("capped").GetBoolean());
    }

    [Fact]
    public async Task The_file_has_every_contact_of_the_filter_and_their_fields()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("note", CustomField.Text));
        for (var i = 0; i < 5; i++)
            Assert.True((await account.TryCreate(new CreateContact { FirstName = $"Person {i}", Email = $"p{i}@example.com", Tags = i < 3 ? ["VIP"] : [], Fields = new() { ["note"] = "=cmd|' /C calc'!A0, \"quoted\"" } })).Ok);

        var csv = await Export(account, new ListContacts { Filter = new Condition("tag", "is", "VIP") });

        Assert.StartsWith("\uFEFFFirst name,Last name,Company,E-mail", csv, StringComparison.Ordinal);
        await using var reader = await CsvDataReader.CreateAsync(new StringReader(csv.TrimStart('\uFEFF')));
        var rows = 0;
        while (await reader.ReadAsync())
        {
            rows++;
            Assert.Equal("'=cmd|' /C calc'!A0, \"quoted\"", reader.GetString(reader.GetOrdinal("note")));
        }

        Assert.Equal(3, rows);
        Assert.Equal(1, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'contacts.export'"));
    }

    [Fact]
    public async Task Only_the_selected_are_written_and_never_those_of_others()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var (ann, foreign) = (await mine.Create("Ann"), await other.Create("Stranger"));
        await mine.Create("Bob");
        var csv = await Export(mine, new ListContacts(), ann, foreign);
        Assert.Contains("Ann", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Stranger", csv, StringComparison.Ordinal);
    }
}
