using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>A file is chosen for a field, looked at, fetched and replaced, at the desk and in the hand.</summary>
[Collection("one after the other")]
public sealed class FileFieldTests(LiveApp app)
{
    [Fact]
    public async Task A_file_stands_in_a_field_of_a_contact()
    {
        await app.Demo();
        await using var person = await app.NewVisitor();
        var page = person.Page;
        await person.OpenDemo();
        await person.Go("/a/demo/settings/fields?field=new");
        await page.FillAsync("[name='Command.Label']", "Consent form");
        await page.SelectOptionAsync("[name='Command.Kind']", "file");
        await page.CheckAsync("[name='Command.Privacy'][value=personal]");
        await person.Looked("files/field");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the field" }).ClickAsync();
        await page.GetByText("The field is made.").First.WaitForAsync();

        await person.Go("/a/demo/contacts?q=an");
        await page.Locator("main a[href*='/a/demo/contacts/0']").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }).ClickAsync();
        await page.Locator("[name='File[consent_form]']").WaitForAsync();
        var contact = new Uri(page.Url).AbsolutePath;
        await Choose(page, "a very long name of a form that somebody scanned on a Monday morning.pdf");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await page.Locator("a[href$='/fields/consent_form/file']").WaitForAsync();
        await person.Looked("files/contact");
        var fetched = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href$='/fields/consent_form/file']").ClickAsync());
        Assert.Equal("a very long name of a form that somebody scanned on a Monday morning.pdf", fetched.SuggestedFilename);
        await person.Go($"{contact}?edit=1");
        await page.Locator(".own-file").ScrollIntoViewIfNeededAsync();
        await person.Looked("files/edit");

        await using var phone = await app.NewVisitor(390, dark: true);
        await phone.OpenDemo();
        await phone.Go(contact);
        await phone.Page.Locator("a[href$='/fields/consent_form/file']").ScrollIntoViewIfNeededAsync();
        await phone.Looked("files/contact-390-dark");
        await phone.Go($"{contact}?edit=1");
        await phone.Page.Locator(".own-file").ScrollIntoViewIfNeededAsync();
        await phone.Looked("files/edit-390-dark");
        await Choose(phone.Page, "page.html");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await phone.Page.GetByText("Files of this kind cannot be attached.").First.WaitForAsync();
        await phone.Page.Locator(".own-file").ScrollIntoViewIfNeededAsync();
        await phone.Looked("files/refused-390-dark");
        await phone.Page.GetByLabel("Remove a very long name").CheckAsync();
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await phone.Page.GetByText("Saved.").First.WaitForAsync();
        Assert.Equal(0, await phone.Page.Locator("a[href$='/fields/consent_form/file']").CountAsync());
        Visitor.Content(person, phone);
    }

    private static Task Choose(IPage page, string name) =>
        page.SetInputFilesAsync("[name='File[consent_form]']", new FilePayload { Name = name, MimeType = "application/pdf", Buffer = [1, 2, 3] });
}
