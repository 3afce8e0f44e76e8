using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>Two who are the same person are found, told apart or compared side by side, made one and made two again, at the desk and in the hand.</summary>
[Collection("one after the other")]
public sealed class MergeTests(LiveApp app)
{
    [Fact]
    public async Task Duplicates_are_found_compared_merged_and_put_back()
    {
        await app.Demo();
        await using var person = await app.NewVisitor();
        await Enter(person);
        // The practice has some already.
        await person.Go("/a/demo/contacts/duplicates");
        foreach (var mark in (string[])["The same phone", "The same name and company"])
            await person.Page.Locator(".twins", new() { HasText = mark }).First.WaitForAsync();
        await person.Looked("merge/demo");
        await Twin(person, "Guest", "margaret.winslow@example.com", "(207) 774-0190");
        await Twin(person, "Newsletter", "peggy@example.net", "");
        await Twin(person, "Phone list", "", "(207) 774-0191");
        await person.Go("/a/demo/contacts/duplicates");
        await person.Looked("merge/before");
        await person.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Look ") }).ClickAsync();
        // The search may have ended before the page is there.
        await person.Page.Locator(".twins", new() { HasText = "Winslow" }).First.WaitForAsync();
        await person.Go("/a/demo/contacts/duplicates?by=name");
        await person.Looked("merge/found");
        await Compare(person, "merge/compare");
        await Merge(person, "merge/merged");

        await using var phone = await app.NewVisitor(390, dark: true);
        await Enter(phone);
        await phone.Go("/a/demo/contacts/duplicates?by=name");
        await phone.Looked("merge/found-390-dark");
        await Compare(phone, "merge/compare-390-dark");
        await Merge(phone, "merge/merged-390-dark");
        await phone.Go("/a/demo/contacts/bin");
        await phone.Looked("merge/bin-390-dark");
        Visitor.Content(person, phone);
    }

    private static async Task Enter(Visitor person)
    {
        await person.OpenDemo();
    }

    private static async Task Twin(Visitor person, string tag, string email, string phone)
    {
        var page = person.Page;
        await person.Go("/a/demo/contacts/new");
        await page.FillAsync("[name='Command.FirstName']", "Margaret");
        await page.FillAsync("[name='Command.LastName']", "Winslow");
        await page.FillAsync("[name='Command.Company']", "Winslow & Daughters");
        if (email.Length > 0)
            await page.FillAsync("[name='Command.Email']", email);
        if (phone.Length > 0)
            await page.FillAsync("[name='Command.Phone']", phone);
        await page.FillAsync("[name=TagText]", tag);
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await page.Locator(".person").WaitForAsync();
    }

    private static async Task Compare(Visitor person, string picture)
    {
        var card = person.Page.Locator(".twins", new() { HasText = "Winslow" });
        await card.GetByRole(AriaRole.Button, new() { NameRegex = new("^Compare") }).Or(card.GetByRole(AriaRole.Link, new() { NameRegex = new("^Compare") })).First.ClickAsync();
        await person.Page.WaitForURLAsync("**/merge/**");
        // The other one's value of the first field that differs.
        await person.Page.Locator(".merge-line:not(.merge-heads)").First.Locator("input").Nth(1).CheckAsync();
        await person.Looked(picture);
    }

    private static async Task Merge(Visitor person, string picture)
    {
        var page = person.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await page.GetByText("are one contact now.").First.WaitForAsync();
        await page.Locator(".merged").WaitForAsync();
        await person.Looked(picture);
        await page.Locator(".merged button").ClickAsync();
        await page.GetByText("both contacts are here again").First.WaitForAsync();
    }
}
