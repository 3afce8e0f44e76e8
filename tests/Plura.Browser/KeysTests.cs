using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plura.Accounts.Contracts;
using Plura.Contacts;
using Plura.Platform;

namespace Plura.Browser;

/// <summary>Lists walked through by keys, values changed by key and by thumb, and a long story that goes on by itself.</summary>
[Collection("one after the other")]
public sealed class KeysTests(LiveApp app)
{
    [Fact]
    public async Task Keys_walk_a_list_search_it_and_change_a_value_and_a_thumb_does_too()
    {
        await app.Demo();
        await using var person = await Inside(1366);
        var page = person.Page;
        await person.Go("/a/demo/contacts");
        var rows = page.Locator("tr[data-href] a[data-step], tr[data-href] td.main a");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(rows.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(rows.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page.Locator(".cell-input")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".cell-input")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("an");
        Assert.Equal("an", await page.EvaluateAsync<string>("() => document.activeElement.value"));
        Assert.Equal("search", await page.EvaluateAsync<string>("() => document.activeElement.type"));

        await using var phone = await Inside(390);
        await phone.Go("/a/demo/contacts");
        var cell = phone.Page.Locator("td[data-cell=phone]").First;
        await cell.Locator(".cell-edit").ClickAsync();
        await phone.Page.Locator(".cell-input").FillAsync("(207) 774-0177");
        await phone.Looked("keys/cell-390");
        await phone.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(phone.Page.Locator(".cell-input")).ToHaveCountAsync(0);
        await phone.Page.ReloadAsync();
        Assert.EndsWith("2077740177", string.Concat((await phone.Page.Locator("td[data-cell=phone]").First.GetAttributeAsync("data-value"))!.Where(char.IsAsciiDigit)), StringComparison.Ordinal);
        Visitor.Content(person, phone);
    }

    [Theory]
    [InlineData(1366)]
    [InlineData(390)]
    public async Task What_is_refused_comes_before_the_eyes_and_ticked_rows_stay_where_they_are(int width)
    {
        await app.Demo();
        await using var person = await Inside(width);
        var page = person.Page;
        await person.Go("/a/demo/contacts/new");
        await page.Locator("[name='Command.Email']").First.FillAsync("no address");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create contact" }).ClickAsync();
        var wrong = page.Locator("[aria-invalid=true]").First;
        await Assertions.Expect(wrong).ToBeFocusedAsync();
        await Assertions.Expect(wrong).ToBeInViewportAsync();

        await person.Go("/a/demo/contacts");
        var pick = page.Locator(".contact-list .pick").Nth(1);
        var before = (await pick.BoundingBoxAsync())!.Y;
        await pick.CheckAsync();
        await Assertions.Expect(page.Locator(".bulk-count")).ToHaveTextAsync("1 selected");
        await Assertions.Expect(page.Locator(".bulk")).ToBeInViewportAsync();
        Assert.Equal(before, (await pick.BoundingBoxAsync())!.Y);
        await person.Looked($"keys/bulk-{width}");
        Visitor.Content(person);
    }

    [Fact]
    public async Task A_long_story_goes_on_when_its_end_comes_into_sight()
    {
        await app.Demo();
        await using var person = await Inside(1366);
        var page = person.Page;
        await person.Go("/a/demo/contacts?q=an");
        await page.Locator("main a[href*='/a/demo/contacts/0']").First.ClickAsync();
        await page.Locator("#story").WaitForAsync();
        await WriteNotes(Guid.Parse(new Uri(page.Url).Segments[^1]), 130);
        await page.ReloadAsync();
        var lines = page.Locator("#story .story > *");
        var first = await lines.CountAsync();
        Assert.InRange(first, 1, 129);
        for (var scroll = 0; scroll < 40 && await page.Locator("a[data-more]").CountAsync() > 0; scroll++)
        {
            await page.EvaluateAsync("() => scrollTo(0, document.body.scrollHeight)");
            await Task.Delay(100);
        }

        await Assertions.Expect(page.Locator("a[data-more]")).ToHaveCountAsync(0);
        Assert.True(await lines.CountAsync() >= 130, $"{await lines.CountAsync()} lines after {first}");
        await Assertions.Expect(page.Locator("#story")).ToContainTextAsync("Note 1 of many");
        Visitor.Content(person);
    }

    private async Task WriteNotes(Guid contact, int many)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<IAccountDirectory>().AccountBySlug("demo", CancellationToken.None);
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account!.Id);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("test");
        for (var note = 1; note <= many; note++)
            Assert.Null((await scope.ServiceProvider.GetRequiredService<AddNoteHandler>().Handle(new AddNote { ContactId = contact, Text = $"Note {note} of many" }, CancellationToken.None)).Refusal);
    }

    private async Task<Visitor> Inside(int width)
    {
        var person = await app.NewVisitor(width);
        await person.OpenDemo();
        return person;
    }
}
