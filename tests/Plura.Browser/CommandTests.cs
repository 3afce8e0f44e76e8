using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>A day at the desk without the mouse: the command menu, tasks, the keys; and the same by thumb.</summary>
[Collection("one after the other")]
public sealed class CommandTests(LiveApp app)
{
    [Fact]
    public async Task The_keyboard_sets_a_task_finds_a_contact_and_switches_the_look()
    {
        await app.Demo();
        await using var person = await Inside(1366);
        var page = person.Page;
        await page.Keyboard.PressAsync("Control+k");
        var field = page.Locator("plura-commands input");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await person.Screen("commands/menu");
        Nothing(await person.Barriers());
        await field.FillAsync("new ta");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/tasks?task=new");
        await page.FillAsync("[name='Input.Title']", "Polish the sign");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("a[data-step]", new() { HasText = "Polish the sign" })).ToBeVisibleAsync();
        await person.Screen("commands/tasks");
        Nothing(await person.Barriers());

        // Whom a task is about is found by a few letters.
        await page.GotoAsync("/a/demo/contacts");
        var whom = await page.Locator("td.main a").First.EvaluateAsync<string>("a => a.firstChild.textContent.trim()");
        await page.GotoAsync("/a/demo/tasks?task=new");
        await page.FillAsync("[name='Input.Title']", "Send the leaflet");
        await page.Locator("[name='Input.About']").PressSequentiallyAsync(whom);
        var offered = await page.Locator("#task-contacts option").First.EvaluateAsync<string>("o => o.value");
        await page.FillAsync("[name='Input.About']", offered);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".tasks li", new() { HasText = "Send the leaflet" }).Locator(".task-facts")).ToContainTextAsync(whom);

        // What stands on a page can be done from the menu: here, to write a note.
        await page.Locator(".tasks li", new() { HasText = "Send the leaflet" }).Locator(".task-facts a").ClickAsync();
        await page.Locator("#story").WaitForAsync();
        await page.Keyboard.PressAsync("Control+k");
        await field.FillAsync("write");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[name='NewNote.Text']")).ToBeFocusedAsync();
        await page.GotoAsync("/a/demo/tasks");

        // j steps into the list, Escape leaves the panel that Enter opened.
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator("a[data-step]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#shortcuts")).ToBeVisibleAsync();
        Nothing(await person.Barriers());
        await page.Keyboard.PressAsync("Escape");

        // Ticked off, and undone.
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark “Polish the sign” as done" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.Locator("a[data-step]", new() { HasText = "Polish the sign" })).ToBeVisibleAsync();

        // Contacts are asked of the server.
        await page.GotoAsync("/a/demo/contacts");
        var name = await page.Locator("td.main a").First.EvaluateAsync<string>("a => a.firstChild.textContent.trim()");
        await page.Keyboard.PressAsync("Control+k");
        await field.FillAsync(name);
        await page.Locator("[data-found] [role=option]").First.WaitForAsync();
        await person.Screen("commands/found");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/contacts/*-*");
        await page.Locator("#story").WaitForAsync();
        await person.Screen("commands/contact");
        await page.Keyboard.PressAsync("Control+k");
        await field.FillAsync("dark");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("dark", await page.EvaluateAsync<string>("() => document.documentElement.dataset.bsTheme"));
        Nothing(person.Complaints);
    }

    [Fact]
    public async Task A_phone_opens_the_menu_by_its_button_and_adds_a_task()
    {
        await app.Demo();
        await using var person = await Inside(390);
        var page = person.Page;
        await page.Locator(".command-open").ClickAsync();
        await person.Screen("commands/menu-390");
        Nothing(await person.Barriers());
        Assert.False(await person.ScrollsSideways());
        await page.Locator("plura-commands [role=option]", new() { HasText = "Tasks" }).First.ClickAsync();
        await page.WaitForURLAsync("**/a/demo/tasks");
        await page.FillAsync(".task-quick [name='Quick.Title']", "Water the plants");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("a[data-step]", new() { HasText = "Water the plants" })).ToBeVisibleAsync();
        await person.Screen("commands/tasks-390");
        Nothing(await person.Barriers());
        Assert.False(await person.ScrollsSideways());
        Nothing(person.Complaints);
    }

    private async Task<Visitor> Inside(int width)
    {
        var person = await app.NewVisitor(width);
        await person.OpenDemo();
        return person;
    }

    private static void Nothing(IReadOnlyCollection<string> problems) => Assert.True(problems.Count == 0, string.Join('\n', problems));
}
