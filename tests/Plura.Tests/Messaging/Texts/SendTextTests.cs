using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>Text messages through the one gate and the one ledger.</summary>
public sealed class SendTextTests(PluraApp first)
{
    [Fact]
    public async Task A_text_is_merged_decided_and_handed_over_once()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var ann = await account.Reader("+12125550100");
        var origin = await account.Writes(ann, "Hello {{ contact.first_name }} & {{ account.name }}: {{ contact.fields.none | default: \"it's <ready>\" }}");
        await app.Pump();
        await app.Pump();
        Assert.Equal(["Hello Ann & Corner Bakery: it's <ready>"], await app.Got("+12125550100"));
        var story = (await account.TextStory(origin, ann))!;
        Assert.Equal("accepted", story.State);
        Assert.Contains(story.Decision!.Reasons, r => r is { Rule: "no_transport", Outcome: "allow" } && r.Facts["transport"] == "dev");
        Assert.Equal("sms", await account.Ask<string>("select channel from privacy.decision where id = $1", story.Decision.Id));
        Assert.Equal("sms finished", await account.Ask<string>("select channel || ' ' || state from messaging.dispatch where origin_id = $1", origin));
        Assert.StartsWith(story.SendId.ToString(), story.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marketing_text_says_who_writes_and_how_to_end_it_and_waits_for_the_day()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var ann = await account.Reader("+12125550100");
        var origin = await account.Writes(ann, "Two rolls for one today.", Categories.Marketing);
        await app.Pump();
        Assert.Equal("deferred quiet_hours", await account.State(origin));
        app.Clock.Advance(TimeSpan.FromHours(5));
        await app.Pump();
        Assert.Equal(["Corner Bakery: Two rolls for one today.\nReply STOP to opt out."], await app.Got("+12125550100"));
    }

    [Fact]
    public async Task Without_permission_marketing_is_withheld_and_a_receipt_goes()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var ben = await account.Reader("+12125550101", consent: false);
        var (offer, receipt) = (await account.Writes(ben, "Offer", Categories.Marketing), await account.Writes(ben, "Receipt"));
        await app.Pump();
        Assert.Equal(("withheld no_consent", "accepted"), (await account.State(offer), await account.State(receipt)));
    }

    [Fact]
    public async Task Without_a_service_for_texts_each_is_withheld_with_that_reason_and_letters_go_on()
    {
        await using var app = await first.Another(services => services.RemoveAll<ITextTransport>());
        var account = await app.NewAccount();
        var origin = await account.Writes(await account.Reader("+12125550100"));
        await app.Pump();
        Assert.Equal("withheld no_transport", await account.State(origin));
    }

    [Fact]
    public async Task A_number_that_is_out_of_service_is_not_tried_again_and_mail_to_the_person_is_not_concerned()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var dead = await account.Reader("+15005550001");
        var tried = await account.Writes(dead);
        await app.Pump();
        var again = await account.Writes(dead);
        await app.Pump();
        Assert.Equal(("bounced hard_bounce", "withheld hard_bounce"), (await account.State(tried), await account.State(again)));
        Assert.Equal("sms The phone company answered 30005.", await account.Ask<string>("select channel || ' ' || detail from privacy.suppression"));
    }

    [Fact]
    public async Task Whom_the_carrier_has_on_its_stop_list_has_said_no_to_us_too()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var origin = await account.Writes(await account.Reader("+15005550002"));
        await app.Pump();
        Assert.Equal(("bounced stop_listed", "withdrawn provider"), (await account.State(origin), await account.Permission("+15005550002")));
    }

    [Theory]
    [InlineData("", "text.empty")]
    [InlineData("Hello {{ contact.first_name", "text.template")]
    [InlineData("{% include 'x' %}", "text.template")]
    [InlineData("End it: {{ unsubscribe_url }}", "text.letter_link")]
    public async Task What_cannot_be_sent_is_refused_in_words(string text, string code) =>
        Assert.Equal(code, await (await first.NewAccount()).In(services => Task.FromResult(services.GetRequiredService<ISendLedger>().Check(new TextContent { Text = text })?.Code)));

    [Fact]
    public async Task A_message_of_more_than_sixteen_hundred_characters_is_too_long() =>
        Assert.Equal("text.too_long", await (await first.NewAccount()).In(services => Task.FromResult(services.GetRequiredService<ISendLedger>().Check(new TextContent { Text = new string('a', 1601) })?.Code)));
}
