using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>Somebody sets up the domain that they write from, at the desk and in the hand.</summary>
[Collection("one after the other")]
public sealed class SendingDomainTests(LiveApp app)
{
    [Fact]
    public async Task A_domain_is_set_up_taken_away_and_brought_back()
    {
        await app.Demo();
        await using var person = await app.NewVisitor();
        var page = person.Page;
        await person.OpenDemo();
        await person.Go("/a/demo/settings/sending-domains");
        await page.FillAsync("[name='Command.Name']", "me@gmail.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await page.GetByText("belongs to a mail provider").First.WaitForAsync();
        await person.Looked("domains/refused");
        await page.FillAsync("[name='Command.Name']", "https://www.sunrise.example/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "sunrise.example", Exact = true }).WaitForAsync();
        await person.Looked("domains/waiting");
        var domain = new Uri(page.Url).AbsolutePath;

        await using var phone = await app.NewVisitor(390, dark: true);
        await phone.OpenDemo();
        await phone.Go(domain);
        await phone.Looked("domains/waiting-390-dark");

        await page.GetByRole(AriaRole.Button, new() { Name = "Take it away" }).ClickAsync();
        await page.GetByText("No domain of your own yet").First.WaitForAsync();
        await person.Looked("domains/none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "sunrise.example" }).First.WaitForAsync();
        await person.Looked("domains/list");
        Visitor.Content(person, phone);
    }
}
