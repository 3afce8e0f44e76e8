using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>The doors that open by a letter: a forgotten password, and an invitation.</summary>
[Collection("one after the other")]
public sealed class LetterDoorTests(LiveApp app)
{
    private const string Chosen = "seven green hats on a wall";

    [Fact]
    public async Task Whoever_forgot_their_password_chooses_another_by_a_letter_and_all_else_is_out()
    {
        await using var before = await app.NewVisitor();
        var email = await app.Join("forgot");
        var home = await before.SignIn(email);

        await using var person = await app.NewVisitor(390, dark: true);
        var page = person.Page;
        await person.Go("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await page.WaitForURLAsync("**/forgot");
        await person.Looked("doors/forgot-390-dark");
        await page.FillAsync("[name='Command.Email']", email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await page.GetByText("Look into your mail").First.WaitForAsync();
        await person.Looked("doors/forgot-sent-390-dark");

        var link = await person.Follow(await person.Letter(email, "password"), "/reset");
        await person.Looked("doors/reset-390-dark");
        await page.FillAsync("[name='Command.Password']", "password1234");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the new password" }).ClickAsync();
        await page.Locator(".field .error").First.WaitForAsync();
        await person.Looked("doors/reset-refused-390-dark");
        await page.FillAsync("[name='Command.Password']", Chosen);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the new password" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.GetByText("Your new password is set").First.WaitForAsync();
        Assert.Equal(home, await person.SignIn(email, Chosen));

        // Whoever was inside elsewhere is out, and the link is spent.
        await before.Page.GotoAsync(home);
        await before.Page.WaitForURLAsync("**/sign-in**");
        await before.Go(link);
        await before.Page.FillAsync("[name='Command.Password']", "nine blue hats on a wall");
        await before.Page.GetByRole(AriaRole.Button, new() { Name = "Set the new password" }).ClickAsync();
        await before.Page.GetByRole(AriaRole.Link, new() { Name = "Ask for a new link" }).WaitForAsync();
        await before.Looked("doors/reset-stale");
        Visitor.Content(person, before);
    }

    [Fact]
    public async Task An_invited_person_answers_the_same_questions_and_works_in_the_account()
    {
        await using var owner = await app.NewVisitor();
        var home = await owner.SignIn(await app.Join("host"));
        await owner.Go($"{home}/settings/people");
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "Invite people" }).First.ClickAsync();
        var address = $"guest-{home[^8..]}@doors.example".ToLowerInvariant();
        await owner.Page.FillAsync("[name='Command.Emails']", address);
        await owner.Page.SelectOptionAsync("[name='Command.Role']", new SelectOptionValue { Label = "Member" });
        await owner.Looked("doors/invite");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Send invitations" }).ClickAsync();
        await owner.Page.GetByText("The invitation is on its way").First.WaitForAsync();
        await owner.Looked("doors/invited");

        await using var guest = await app.NewVisitor(390);
        var page = guest.Page;
        var link = await guest.Follow(await guest.Letter(address), "/join/");
        await guest.Looked("doors/join-390");
        await page.FillAsync("[name='Command.Name']", "Gus Guest");
        await page.FillAsync("[name='Command.Password']", Chosen);
        await page.FillAsync("[name='Command.BirthYear']", "1985");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Join ") }).ClickAsync();
        // Nothing was accepted: the sentences say so, and what was written is still there.
        await page.Locator(".field .error, .check .error, .error").First.WaitForAsync();
        Assert.Equal("Gus Guest", await page.InputValueAsync("[name='Command.Name']"));
        await guest.Looked("doors/join-refused-390");
        await page.CheckAsync("[name='Command.AcceptTerms'][type=checkbox]");
        await page.CheckAsync("[name='Command.AcceptProcessing'][type=checkbox]");
        await page.FillAsync("[name='Command.Password']", Chosen);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Join ") }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in**");
        Assert.Equal(home, await guest.SignIn(address, Chosen));
        await guest.Looked("doors/joined-390");
        await guest.Go(link);
        await page.GetByText("You have taken this invitation").First.WaitForAsync();
        await owner.Go($"{home}/settings/people");
        await owner.Page.GetByText("Gus Guest").First.WaitForAsync();
        Visitor.Content(owner, guest);
    }
}
