using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>A whole list is changed, watched and taken back; a few are changed and taken back from the sentence that says so.</summary>
[Collection("one after the other")]
public sealed class BulkTests(LiveApp app)
{
    [Fact]
    public async Task A_whole_list_gets_a_tag_and_loses_it_again()
    {
        await app.Demo();
        await using var person = await app.NewVisitor();
        var page = person.Page;
        await person.OpenDemo();
        await person.Go("/a/demo/contacts?q=an");
        await page.CheckAsync("[data-pick-all]");
        Assert.Equal(0, await page.Locator(".pick:not(:checked)").CountAsync());
        await page.SelectOptionAsync("[name=Whole]", "true");
        await page.FillAsync("[name=NewTag]", "Autumn walk");
        await person.Looked("bulk/list");
        await page.Locator("button[name=Do][value=tag]").ClickAsync();
        await page.WaitForURLAsync("**/contacts/bulk/*");
        await person.Looked("bulk/asked");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Change ") }).ClickAsync();
        // It leads to the result by itself.
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).WaitForAsync();
        await person.Looked("bulk/done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await page.GetByText("aken back").First.WaitForAsync();

        await using var phone = await app.NewVisitor(390, dark: true);
        await phone.OpenDemo();
        await phone.Go("/a/demo/contacts");
        await phone.Page.Locator(".pick[name=Ids]").Nth(0).CheckAsync();
        await phone.Page.Locator(".pick[name=Ids]").Nth(1).CheckAsync();
        await phone.Page.FillAsync("[name=NewTag]", "Two of them");
        await phone.Looked("bulk/ticked-390-dark");
        await phone.Page.Locator("button[name=Do][value=tag]").ClickAsync();
        await phone.Page.GetByText("2 contacts got the tag").First.WaitForAsync();
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await phone.Page.GetByText("Taken back: 2 contacts.").First.WaitForAsync();
        await phone.Go("/a/demo/contacts/bulk");
        await phone.Looked("bulk/all-390-dark");
        Visitor.Content(person, phone);
    }
}
