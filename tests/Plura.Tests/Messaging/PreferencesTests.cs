using Plura.Privacy.Contracts;
using Plura.Tests.Privacy;

namespace Plura.Tests.Messaging;

public sealed class PreferencesTests(PluraApp app)
{
    [Fact]
    public async Task Shows_what_may_be_sent_since_when_and_by_which_proof()
    {
        var letter = await SentLetter.Send(app);
        var page = await letter.Reader.Get(letter.Preferences);
        Assert.Contains("What may Corner Bakery send you?", page.Text, StringComparison.Ordinal);
        Assert.Matches("You said yes on \\d+ \\w+ 20\\d\\d in a form \\(“Newsletter”\\)", page.Text);
        Assert.NotNull(page.Document.QuerySelector("input[name=topics][value=all][checked]"));
    }

    [Fact]
    public async Task A_no_and_a_yes_are_the_persons_own_word()
    {
        var letter = await SentLetter.Send(app);
        var page = await letter.Reader.Get(letter.Preferences);
        page = await page.Submit("main form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["topics"] = Array.Empty<string>() });
        Assert.Contains("Saved", page.Text, StringComparison.Ordinal);
        Assert.Equal("withdrawn preference_page", await letter.State());

        await page.Submit("main form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["topics"] = new[] { "all" } });
        Assert.Equal("granted preference_page", await letter.State());
    }

    [Fact]
    public async Task Each_topic_has_a_line_of_its_own_and_leaving_one_leaves_the_others()
    {
        var letter = await SentLetter.Send(app);
        await letter.Account.Says(letter.AddressKey, ConsentActs.Granted, topic: "cooking_classes");
        await letter.Account.Says(letter.AddressKey, ConsentActs.Granted, topic: "offers");
        var page = await letter.Reader.Get(letter.Preferences);
        Assert.Contains("E-mail about cooking classes", page.Text, StringComparison.Ordinal);
        page = await page.Submit("main form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["topics"] = new[] { "all", "offers" } });
        Assert.Contains("Saved", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("input[name=topics][value=cooking_classes][checked]"));
        Assert.NotNull(page.Document.QuerySelector("input[name=topics][value=offers][checked]"));
        Assert.Equal(("withdrawn", "granted", "granted"), (await letter.Account.Holds(letter.AddressKey, "cooking_classes"), await letter.Account.Holds(letter.AddressKey, "offers"), await letter.Account.Holds(letter.AddressKey)));
        Assert.Equal("deny", (await letter.Account.Asks(Consents.Question(letter.AddressKey, topic: "cooking_classes"))).Outcome);
        Assert.Equal("allow", (await letter.Account.Asks(Consents.Question(letter.AddressKey, topic: "offers"))).Outcome);
    }

    [Fact]
    public async Task Saving_what_stands_already_adds_nothing()
    {
        var letter = await SentLetter.Send(app);
        var before = await letter.Rows();
        await (await letter.Reader.Get(letter.Preferences)).Submit("main form", new { });
        Assert.Equal(before, await letter.Rows());
    }
}
