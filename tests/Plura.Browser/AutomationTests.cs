using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>Somebody draws an automation from nothing, publishes it and watches a contact go through it.</summary>
[Collection("one after the other")]
public sealed class AutomationTests(LiveApp app)
{
    [Fact]
    public async Task An_automation_is_drawn_published_and_watched()
    {
        await app.Demo();
        await using var person = await app.NewVisitor();
        var page = person.Page;
        await person.OpenDemo();
        await person.Go("/a/demo/automations/new");
        await page.FillAsync("[name=Name]", "Welcome to new members");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Welcome to new members", Exact = true }).WaitForAsync();
        await person.Looked("automations/fresh");
        var here = new Uri(page.Url).AbsolutePath;

        await page.GetByRole(AriaRole.Link, new() { Name = "Choose what it begins with" }).ClickAsync();
        // The form asks by itself for what belongs to the choice.
        await page.RunAndWaitForResponseAsync(() => page.Locator("select[name=Kind]").SelectOptionAsync("contact_created"), r => r.Request.Method == "POST" && r.Url.Contains("trigger=", StringComparison.Ordinal));
        await person.Looked("automations/trigger");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).Last.ClickAsync();
        // The drawing stands there anew, with what was chosen.
        await page.Locator(".flow-triggers .flow-card").WaitForAsync();
        await page.Locator(".side-panel").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator("a[href*='add=']").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Write a note" }).WaitForAsync();
        await person.Looked("automations/steps");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write a note" }).ClickAsync();
        await page.Locator("textarea").First.WaitForAsync();
        await page.Locator("textarea").First.FillAsync("Say hello to them.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).Last.ClickAsync();
        await page.Locator(".flow-problems").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator(".side-panel").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn off", Exact = true }).WaitForAsync();
        await person.Looked("automations/published");

        await person.Go("/a/demo/contacts/new");
        await page.FillAsync("[name='Command.FirstName']", "Nora");
        await page.FillAsync("[name='Command.LastName']", "Newcomer");
        await page.Locator("main form").Last.EvaluateAsync("form => form.requestSubmit()");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Nora Newcomer" }).First.WaitForAsync();
        // The engine is woken when it commits; the page is asked until it shows it.
        for (var asked = 0; asked < 40 && (!page.Url.EndsWith("/runs", StringComparison.Ordinal) || await page.GetByText("Nora Newcomer").CountAsync() == 0); asked++)
            await person.Go(here + "/runs");
        await person.Looked("automations/runs");
        await page.GetByRole(AriaRole.Link, new() { Name = "Nora Newcomer" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await person.Looked("automations/run");

        await using var phone = await app.NewVisitor(390, dark: true);
        await phone.OpenDemo();
        await phone.Go(here);
        await phone.Looked("automations/published-390-dark");
        await phone.Go("/a/demo/automations");
        await phone.Looked("automations/list-390-dark");
        Visitor.Content(person, phone);
    }
}
