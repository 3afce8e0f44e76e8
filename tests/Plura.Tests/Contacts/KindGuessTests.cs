using Plura.Contacts;

namespace Plura.Tests.Contacts;

/// <summary>What a new field takes is guessed from its values, may be said otherwise, and its values come in by it.</summary>
public sealed class KindGuessTests(PluraApp app)
{
    [Theory]
    [InlineData("Age", "41|42|7", "number")]
    [InlineData("Weight", "81,5|1.250,75|-3", "number")]
    [InlineData("Member no", "007|012", "text")]
    [InlineData("Card", "4111111111111111", "text")]
    [InlineData("Price", "12|12.50|1250", "money")]
    [InlineData("Price", "12.333", "number")]
    [InlineData("Last order", "$12.50|$1,250.00", "money")]
    [InlineData("Last order", "€12.50", "text")]
    [InlineData("Last visit", "2026-05-01|2026-06-02", "date")]
    [InlineData("Last visit", "5/1/2026|12/31/2026", "date")]
    [InlineData("Last visit", "31.12.2026", "date")]
    [InlineData("Last visit", "2026-05-01 10:30", "text")]
    [InlineData("Second mail", "ann@example.com|bob@example.com", "email")]
    [InlineData("Site", "https://example.com/a|www.example.com", "url")]
    [InlineData("Site", "example.com", "text")]
    [InlineData("Fax", "+1 415 555 0123|(415) 555-0124", "phone")]
    [InlineData("Newsletter", "yes|no|yes", "checkbox")]
    [InlineData("Newsletter", "ja|nein", "checkbox")]
    [InlineData("Newsletter", "TRUE|FALSE", "checkbox")]
    [InlineData("Visits", "0|1|1", "number")]
    [InlineData("Size", "S|M|L|S|M|L|S|M|L|S|M|L", "choice")]
    [InlineData("Size", "S|M|L", "text")]
    [InlineData("Remark", "first\nsecond", "long_text")]
    [InlineData("Remark", "nice|41", "text")]
    [InlineData("Remark", "", "text")]
    public void Guesses_only_what_every_value_fits(string header, string values, string kind) =>
        Assert.Equal(kind, KindGuess.Of(header, values.Length == 0 ? [] : values.Split('|'), "US"));

    [Theory]
    [InlineData("1.250,50", "1250.50")]
    [InlineData("1,250.50", "1250.50")]
    [InlineData("1 250,5", "1250.5")]
    [InlineData("1'250'000", "1250000")]
    [InlineData("1,250,000", "1250000")]
    [InlineData("1.250.000", "1250000")]
    [InlineData("12,5", "12.5")]
    [InlineData("1,2,3", "1,2,3")]
    public void Reads_numbers_of_other_countries(string text, string number) => Assert.Equal(number, ForeignValues.Number(text));

    [Theory]
    [InlineData("new:Size", "new:Size")]
    [InlineData("new.text.personal:Size", "new:Size")]
    [InlineData("new.date:Last visit", "new.date:Last visit")]
    [InlineData("new.text.none:Order: first", "new.text.none:Order: first")]
    [InlineData("new.number.sensitive:Weight", "new.number.sensitive:Weight")]
    [InlineData("new.song:Size", null)]
    [InlineData("new.number.secret:Size", null)]
    [InlineData("new.number:", null)]
    public void A_new_field_is_written_with_its_kind(string text, string? target) => Assert.Equal(target, ColumnTarget.Parse(text)?.ToString());

    [Fact]
    public async Task Fields_are_made_with_their_kinds_and_their_values_written_by_them()
    {
        var account = await app.NewAccount();
        var csv = "E-Mail,Visits,Spent,Last,Size,Regular,Site,Note\n"
            + string.Concat(Enumerable.Range(0, 12).Select(i => $"p{i}@example.com,{i},\"${i}.50\",5/{i + 1}/2026,{"SML"[i % 3]},{(i % 2 == 0 ? "yes" : "no")},www.example.com/{i},free\n"))
            + "late@example.com,many,$3,13/13/2026,XL,perhaps,nowhere,\n";
        var desk = new ImportDesk(account);
        var import = await desk.Import(csv, mapping: """{"E-Mail":"email","Visits":"new.number.none:Visits","Spent":"new.money:Spent","Last":"new.date:Last","Size":"new.choice:Size","Regular":"new.checkbox.sensitive:Regular","Site":"new.url:Site","Note":"new:Note"}""");

        Assert.Equal([13, 0, 0, 0, 0], import.Counts);
        Assert.Equal(
            ["last|date|||personal", "note|text|||personal", "regular|checkbox|||sensitive", "site|url|||personal", "size|choice|S M L XL||personal", "spent|money||USD|personal", "visits|number|||none"],
            await Fields(account));
        Assert.Equal(
            """{"last": "2026-05-05", "note": "free", "site": "https://www.example.com/4", "size": "M", "spent": "4.50", "visits": "4", "regular": "true"}""",
            await account.Ask<string>("select c.fields::text from contacts.contact c join contacts.contact_point p on p.contact_id = c.id where p.normal = 'p4@example.com'"));
        // What does not fit is left out, and said.
        Assert.Contains("“many” does not fit the field “Visits”, so it was left out.", await desk.Errors(import), StringComparison.Ordinal);
        Assert.Equal("""{"size": "XL", "spent": "3.00"}""", await account.Ask<string>("select c.fields::text from contacts.contact c join contacts.contact_point p on p.contact_id = c.id where p.normal = 'late@example.com'"));

        await desk.Undo(import);
        Assert.Empty(await Fields(account));
    }

    [Fact]
    public async Task A_column_with_too_many_values_to_choose_from_is_text()
    {
        var account = await app.NewAccount();
        await new ImportDesk(account).Import("E-Mail,Code\n" + string.Concat(Enumerable.Range(0, 201).Select(i => $"p{i}@example.com,C{i}\n")), mapping: """{"E-Mail":"email","Code":"new.choice:Code"}""");
        Assert.Equal(["code|text|||personal"], await Fields(account));
        Assert.Equal(201, await account.Ask<long>("select count(*) from contacts.contact where fields ? 'code'"));
    }

    private static async Task<List<string>> Fields(TestAccount account)
    {
        await using var open = await account.Open();
        return (await open.Rows("select key || '|' || kind || '|' || replace(choices, chr(10), ' ') || '|' || currency || '|' || privacy from contacts.custom_field order by key")).ConvertAll(r => (string)r[0]!);
    }
}
