using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;

namespace Plura.Tests;

/// <summary>The page that people see first says what to do next, and later how things stand.</summary>
public sealed class TodayTests(PluraApp app)
{
    [Fact]
    public async Task A_new_account_is_led_to_its_first_steps()
    {
        var account = await app.NewAccount();
        var inside = await account.SignIn();
        var page = await inside.Get($"/a/{account.Slug}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Bring your contacts", page.Text, StringComparison.Ordinal);
        Assert.Contains("Write your first campaign", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_counted_and_the_newest_campaigns_named()
    {
        var account = await app.NewAccount();
        await account.In(async services => Assert.True((await services.GetRequiredService<CreateContactHandler>().Handle(new CreateContact { FirstName = "Ann", Email = "ann@reader.example" }, default)).Ok));
        await account.Api.PostJson("/api/v1/campaigns", new { name = "Spring news", subject = "Spring", html = "<p>Hello</p>", audience = new { all = true } });
        var page = await (await account.SignIn()).Get($"/a/{account.Slug}");
        Assert.Contains("New this week", page.Text, StringComparison.Ordinal);
        Assert.Contains("Spring news", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bring your contacts", page.Text, StringComparison.Ordinal);
    }
}
