using Plura.Platform;

namespace Plura.Tests.Campaigns;

public sealed class ExportRecipientsTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@sum(a1)", "'@sum(a1)")]
    [InlineData("+44 20", "'+44 20")]
    [InlineData("-2", "'-2")]
    [InlineData("Ann", "Ann")]
    [InlineData("Ann, \"the boss\"", "\"Ann, \"\"the boss\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(null, "")]
    public void No_cell_becomes_a_formula(string? value, string cell) => Assert.Equal(cell, Csv.Cell(value, numbers: false));
}
