using Microsoft.Extensions.DependencyInjection;
using Plura.Sites;
using Plura.Sites.Data;

namespace Plura.Tests.Sites;

public sealed class FormPagesTests(PluraApp app)
{
    [Fact]
    public async Task An_owner_builds_a_form_and_gets_its_address()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        Assert.Contains("Make your first sign-up form", (await browser.Get(account.Page("sites/forms"))).Text, StringComparison.Ordinal);
        var made = await (await browser.Get(account.Page("sites/forms/new"))).Submit("[name=EmailWording]", new { Name = "Counter form", Tags = "counter, spring" });
        Assert.Contains("/embed.js", made.Text, StringComparison.Ordinal);
        Assert.Contains("Counter form", (await browser.Get(account.Page("sites/forms"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_a_way_to_reach_people_is_refused_with_nothing_lost()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var refused = await (await browser.Get(account.Page("sites/forms/new"))).Submit("[name=EmailWording]", new { Title = "My own heading", ask = new[] { "first_name" } });
        Assert.Contains("without one you cannot reach anyone", refused.Text, StringComparison.Ordinal);
        Assert.Equal("My own heading", refused.Find("[name=Title]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_field_that_contacts_do_not_have_is_refused_and_not_taken_and_lost()
    {
        var account = await app.NewAccount();
        var built = await account.In(s => s.GetRequiredService<BuildFormHandler>().Handle(
            new BuildForm { Name = "Fair", Title = "Hello", Fields = [new FormField("firstName", "First name", true), new FormField("email", "E-mail", true)] }, default));
        Assert.Equal("form.unknown_field", built.Refusal?.Code);
    }

    [Fact]
    public async Task A_tag_that_is_too_long_is_refused_beside_its_field_before_it_can_stop_visitors()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var tag = new string('x', 61);
        var refused = await (await browser.Get(account.Page("sites/forms/new"))).Submit("[name=EmailWording]", new { Tags = $"counter, {tag}" });
        Assert.Contains("Keep a tag under 60 characters.", refused.Find("[name=Tags]").ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"counter, {tag}", refused.Find("[name=Tags]").GetAttribute("value"));
    }

    [Fact]
    public async Task Of_two_versions_the_owner_may_keep_theirs()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var made = await (await browser.Get(account.Page("sites/forms/new"))).Submit("[name=EmailWording]", new { Name = "Fair" });
        var (mine, other) = (await browser.Get(made.Url.AbsolutePath), await browser.Get(made.Url.AbsolutePath));
        await other.Submit("[name=EmailWording]", new { Title = "The other heading" });

        var refused = await mine.Submit("[name=EmailWording]", new { Title = "My heading" });
        Assert.Contains("There are two versions now", refused.Text, StringComparison.Ordinal);
        Assert.Equal("My heading", refused.Find("[name=Title]").GetAttribute("value"));
        // Enter presses the first button of a form: that one must not decide it.
        Assert.Equal("Save", refused.Find("[name=EmailWording]").Closest("form")!.QuerySelector("button[type=submit]")!.TextContent.Trim());

        var kept = await refused.Submit("[name=EmailWording]", new { }, "Keep mine");
        Assert.Contains("The form is saved.", kept.Text, StringComparison.Ordinal);
        Assert.Equal("My heading", kept.Find("[name=Title]").GetAttribute("value"));
    }

    [Fact]
    public async Task An_unknown_form_says_so() =>
        Assert.Contains("There is no such form", (await app.NewBrowser().Get("/f/nosuchform00")).Text, StringComparison.Ordinal);
}
