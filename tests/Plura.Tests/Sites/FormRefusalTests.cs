using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Sites;
using Plura.Sites.Data;
using Plura.Tests.Contacts;

namespace Plura.Tests.Sites;

/// <summary>A refused answer says beside the field what is wrong, and a tick never moves to other words.</summary>
public sealed class FormRefusalTests(PluraApp first)
{
    [Fact]
    public async Task What_the_address_book_refuses_is_said_beside_the_field_and_nothing_is_lost()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Fields(app.Field("born", CustomField.Date));
        var form = await account.Form(doubleOptIn: false, words => words.Fields =
            [new FormField("email", "E-mail address", false), new FormField("phone", "Phone number", false), new FormField("fields.born", "Born on", false)]);

        var refused = await app.FillIn(form, new(StringComparer.Ordinal) { ["email"] = "n..x@visit.example", ["phone"] = "12" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("“n..x@visit.example” is not an e-mail address.", Beside(refused, "email"), StringComparison.Ordinal);
        Assert.Contains("“12” is not a phone number.", Beside(refused, "phone"), StringComparison.Ordinal);
        Assert.Equal("12", refused.Find("[name=phone]").GetAttribute("value"));

        app.Clock.Advance(TimeSpan.FromSeconds(5));
        var again = await refused.Answer(new(StringComparer.Ordinal) { ["email"] = "nora@visit.example", ["phone"] = "", ["fields.born"] = "1.2.1980" });
        Assert.Contains("takes a date", Beside(again, "fields.born"), StringComparison.Ordinal);
        Assert.Equal("1.2.1980", again.Find("[name='fields.born']").GetAttribute("value"));

        app.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains(form.ThankYou, (await again.Answer(new(StringComparer.Ordinal) { ["fields.born"] = "1980-02-01" })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_words_come_back_with_an_empty_box_and_the_answers_kept()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var form = await account.Form(doubleOptIn: false);
        var page = await app.NewBrowser().Get($"/f/{form.Key}");
        await Reword(account, form);
        // Also where the page has been open for longer than a visit lasts.
        app.Clock.Advance(TimeSpan.FromHours(25));

        var refused = await page.Answer("nora@visitors.example", tick: true, script: true);

        Assert.Contains("tick what you agree to", refused.Text, StringComparison.Ordinal);
        Assert.Contains("You may sell my address.", refused.Text, StringComparison.Ordinal);
        Assert.Null(refused.Find("[name=consent_0]").GetAttribute("checked"));
        Assert.Equal("nora@visitors.example", refused.Find("[name=email]").GetAttribute("value"));
    }

    [Fact]
    public async Task An_answer_of_which_nobody_knows_what_was_shown_comes_back_with_an_empty_box()
    {
        await using var app = await first.Another();
        var form = await (await app.NewAccount()).Form(doubleOptIn: false);
        var page = await app.NewBrowser().Get($"/f/{form.Key}");
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        var refused = await page.Submit("form[data-hosted]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["email"] = "nora@visitors.example", ["consent_0"] = true, ["visit"] = "" });
        Assert.Null(refused.Find("[name=consent_0]").GetAttribute("checked"));
    }

    [Fact]
    public async Task A_form_from_before_its_tags_were_checked_still_takes_answers()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var form = await account.Form(doubleOptIn: false);
        await account.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            var stands = (await db.FindForm(form.Id, CancellationToken.None)).Value;
            var words = FormWords.Of(stands);
            words.Tags = [new string('x', 61), "website"];
            stands.Build(words);
            await db.SaveChangesAsync();
        });

        var thanks = await app.FillIn(form, "nora@visitors.example", tick: false);
        Assert.Contains(form.ThankYou, thanks.Text, StringComparison.Ordinal);
        Assert.Equal("website", await account.Ask<string>("select string_agg(name, ',') from contacts.tag"));
    }

    private static Task Reword(TestAccount account, Form form) => account.In(async services =>
    {
        var words = FormWords.Of((await services.GetRequiredService<PluraDb>().FindForm(form.Id, CancellationToken.None)).Value);
        words.EmailWording = "You may sell my address.";
        Assert.Null((await services.GetRequiredService<BuildFormHandler>().Handle(words, CancellationToken.None)).Refusal);
    });

    private static string Beside(WebPage page, string name) => page.Find($"[name='{name}']").ParentElement!.TextContent;
}
