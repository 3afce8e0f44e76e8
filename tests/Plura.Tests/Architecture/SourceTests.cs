namespace Plura.Tests.Architecture;

public sealed class SourceTests
{
    [Fact]
    public void Files_are_short()
    {
        var files = SourceRules.Files("src", ".cs", ".razor").Select(f => (Path.GetRelativePath(SourceRules.Root, f), File.ReadLines(f).Count())).ToList();
        None(SourceRules.TooLong(files));
    }

    [Fact]
    public void Test_files_are_short_too() =>
        None(SourceRules.Files("tests", ".cs").Select(f => (Path.GetRelativePath(SourceRules.Root, f), Lines: File.ReadLines(f).Count())).Where(f => f.Lines > SourceRules.Cap).Select(f => $"{f.Item1} has {f.Lines} lines"));

    [Fact]
    public void Pages_carry_no_inline_styles_or_scripts() =>
        None(SourceRules.Files("src", ".razor").SelectMany(f => SourceRules.WrongMarkup(Path.GetRelativePath(SourceRules.Root, f), File.ReadAllText(f))));

    [Fact]
    public void A_modules_sql_names_only_its_own_tables()
    {
        var modules = Directory.EnumerateDirectories(Path.Combine(SourceRules.Root, "src/Plura.Modules")).Select(f => Path.GetFileName(f)!).ToList();
        var schemas = modules.Select(m => m.ToLowerInvariant()).ToList();
        None(modules.Where(m => m is not ("Migrations" or "Ui")).SelectMany(module => SourceRules.Files($"src/Plura.Modules/{module}", ".cs", ".sql")
            .SelectMany(f => SourceRules.ForeignTables(module, Path.GetRelativePath(SourceRules.Root, f), File.ReadAllText(f), schemas))));
    }

    [Fact]
    public void A_long_file_is_caught()
    {
        Assert.NotEmpty(SourceRules.TooLong([("Long.cs", 301), .. Enumerable.Repeat(("Short.cs", 20), 20)]));
        Assert.NotEmpty(SourceRules.TooLong([.. Enumerable.Repeat(("Middling.cs", 100), 20)]));
        Assert.NotEmpty(SourceRules.TooLong([.. Enumerable.Repeat(("Long.cs", 200), 4), .. Enumerable.Repeat(("Short.cs", 20), 20)]));
    }

    [Fact]
    public void Wrong_markup_is_caught()
    {
        var text = File.ReadAllText(Path.Combine(SourceRules.Root, "tests/Plura.Violations/WrongPage.txt"));
        Assert.Equal(5, SourceRules.WrongMarkup("WrongPage", text).Count());
        Assert.Empty(SourceRules.WrongMarkup("right", """<form @onsubmit="Save"><PostForm OnSubmit="Save"><script src="a.js"></script><script type="application/json">{}</script><p class="style">once = "x"</p></form>"""));
    }

    [Fact]
    public void Another_modules_table_is_caught()
    {
        Assert.NotEmpty(SourceRules.ForeignTables("Campaigns", "x.sql", "select 1 from contacts.contact c", ["contacts", "campaigns"]));
        Assert.Empty(SourceRules.ForeignTables("Campaigns", "x.sql", "select 1 from campaigns.campaign", ["contacts", "campaigns"]));
    }

    private static void None(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join('\n', found.Order(StringComparer.Ordinal)));
}
