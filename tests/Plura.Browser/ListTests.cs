using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>A smart list is built with the mouse and by touch, and values are changed where they stand.</summary>
[Collection("one after the other")]
public sealed class ListTests(LiveApp app)
{
    [Fact]
    public async Task A_list_is_built_counted_kept_and_worked_in()
    {
        await app.Demo();
        await using var person = await app.NewVisitor();
        await Build(person, "Warm and due", "lists/desk");
        var page = person.Page;
        await page.EvaluateAsync("scrollTo(0, 0)");
        var cell = page.Locator("td[data-cell=phone]").First;
        await cell.HoverAsync();
        await cell.Locator(".cell-edit").ClickAsync();
        await page.Keyboard.TypeAsync("nobody");
        await page.Keyboard.PressAsync("Enter");
        await cell.Locator(".error").WaitForAsync();
        await person.Looked("lists/refused");
        await page.Locator(".cell-input").FillAsync("(207) 774-0142");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".cell-input")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        Assert.EndsWith("2077740142", string.Concat((await page.Locator("td[data-cell=phone]").First.GetAttributeAsync("data-value"))!.Where(char.IsAsciiDigit)), StringComparison.Ordinal);
        // Escape leaves it as it was.
        await page.Locator("td[data-cell=phone]").First.HoverAsync();
        await page.Locator("td[data-cell=phone] .cell-edit").First.ClickAsync();
        await page.Keyboard.TypeAsync("something else");
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await page.Locator(".cell-input").CountAsync());
        await person.Go("/a/demo/contacts/lists");
        await person.Looked("lists/all");

        await using var phone = await app.NewVisitor(390, dark: true);
        await Build(phone, "In the hand", "lists/phone-390-dark");
        await phone.Looked("lists/list-390-dark");
        Visitor.Content(phone);
    }

    private static async Task Build(Visitor person, string name, string picture)
    {
        var page = person.Page;
        await person.OpenDemo();
        await person.Go("/a/demo/contacts/lists/new");
        await page.SelectOptionAsync("select[name^=field-]", "tag");
        await page.CheckAsync(".tag-choice input[value='Check-up due']");
        var count = page.Locator("[data-list-count]");
        await Assertions.Expect(count).Not.ToHaveTextAsync("Fill in the conditions to see how many are in it");
        await page.Locator("button[value^=condition-]").Last.ClickAsync();
        await page.Locator("select[name^=field-]").Nth(1).SelectOptionAsync("activity.sent");
        await page.Locator(".build-line input[type=number]").FillAsync("3650");
        await Assertions.Expect(count).Not.ToHaveTextAsync("Fill in the conditions to see how many are in it");
        await page.Locator("button[value^=group-]").Last.ClickAsync();
        await page.Locator("select[name^=field-]").Nth(2).SelectOptionAsync("email");
        await page.Locator("select[name^=op-]").Nth(2).WaitForAsync();
        await person.Looked(picture);
        await page.FillAsync("[name=Name]", name);
        await page.Locator("button[name=Do][value=save]").ClickAsync();
        await page.WaitForURLAsync("**/contacts?list=*");
        await page.Locator("td.main").First.WaitForAsync();
    }
}
