using System.Globalization;
using Microsoft.Playwright;
using MiniExcelLibs;

namespace Plura.Browser;

/// <summary>A workbook is uploaded as it is, looked at, and imported while the page tells how far it is.</summary>
[Collection("one after the other")]
public sealed class ImportTests(LiveApp app)
{
    private static readonly string[] Colours = ["red", "green", "blue"];

    [Fact]
    public async Task A_workbook_comes_in_with_its_fields_and_is_remembered()
    {
        await app.Demo();
        await using var person = await app.NewVisitor();
        await Import(person, "imports/desk", 20_000, again: false);
        await using var phone = await app.NewVisitor(390);
        await Import(phone, "imports/phone-390", 5_000, again: true);
        await using var dark = await app.NewVisitor(390, dark: true);
        await dark.OpenDemo();
        await dark.Go("/a/demo/contacts/import");
        await dark.Looked("imports/phone-390-dark-list");
        await dark.Page.GetByRole(AriaRole.Link, new() { Name = "Change Our shop’s export" }).ClickAsync();
        await dark.Page.Locator(".side-panel").WaitForAsync();
        await dark.Looked("imports/phone-390-dark-kept");
        Visitor.Content(person, phone, dark);
    }

    private static async Task Import(Visitor person, string pictures, int rows, bool again)
    {
        var page = person.Page;
        await person.OpenDemo();
        await person.Go("/a/demo/contacts/import");
        await person.Looked($"{pictures}-1-upload");
        await page.SetInputFilesAsync("[name=File]", new FilePayload { Name = "shop export.xlsx", MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Buffer = Book(rows, again ? "phone" : "desk") });
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload and look at the columns" }).ClickAsync();
        await page.WaitForURLAsync("**/contacts/import/*");
        await page.GetByText("The workbook has 2 sheets with rows").WaitForAsync();
        if (again)
        {
            await page.GetByText("As in “Our shop’s export”").First.WaitForAsync();
        }
        else
        {
            // A column that was guessed to be a field shows its kind; one that is left out shows none.
            await Assertions.Expect(page.Locator("[name='NewKind[4]']")).ToHaveValueAsync("date");
            await Assertions.Expect(page.Locator("[name='NewKind[5]']")).ToHaveValueAsync("choice");
            await Assertions.Expect(page.Locator("[name='NewKind[4]']")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("[name='NewKind[0]']")).ToBeHiddenAsync();
            await page.FillAsync("[name=KeepAs]", "Our shop’s export");
        }

        await person.Looked($"{pictures}-2-columns");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show me what would happen" }).ClickAsync();
        var go = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Import \\d") });
        await go.WaitForAsync(new() { Timeout = 120_000 });
        await person.Looked($"{pictures}-3-preview");
        await go.ClickAsync();
        var progress = page.GetByText("You can leave this page");
        await progress.WaitForAsync();
        if (!again)
        {
            // It tells how far it is without being asked.
            await page.Locator("p[aria-live=polite]").Filter(new() { HasTextRegex = new("[1-9][0-9]? %") }).WaitForAsync();
            await person.Screen($"{pictures}-4-running");
        }

        // It leads to the result by itself.
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to your contacts" }).WaitForAsync(new() { Timeout = 180_000 });
        await page.GetByText(rows.ToString("N0", CultureInfo.InvariantCulture)).First.WaitForAsync();
        await person.Looked($"{pictures}-5-done");
    }

    private static byte[] Book(int rows, string who)
    {
        var people = Enumerable.Range(0, rows).Select(i => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["First name"] = $"Person {who} {i}",
            ["E-Mail"] = $"{who}{i}@workbook.example",
            ["Phone"] = i % 50 == 0 ? null : (who == "phone" ? 12024000000 : 12025600000) + i,
            ["Company"] = $"Shop {i % 40}",
            ["Last order"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(i % 300),
            ["Colour"] = Colours[i % 3],
        });
        var old = new[] { new Dictionary<string, object?>(StringComparer.Ordinal) { ["E-Mail"] = "old@workbook.example" } };
        using var stream = new MemoryStream();
        stream.SaveAs(new Dictionary<string, object>(StringComparer.Ordinal) { ["Customers"] = people, ["Archive"] = old });
        return stream.ToArray();
    }
}
