using Microsoft.Extensions.DependencyInjection;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

/// <summary>What the gate says of text messages besides what it says of every message.</summary>
public sealed class TextGateTests(PluraApp app)
{
    private static readonly SendingNumber Registered = new("long_code", "approved", "verified", "");

    [Fact]
    public async Task A_marketing_text_with_everything_in_order_goes_and_every_rule_says_so()
    {
        var (account, person) = (await app.NewAccount(), Consents.NewAddress());
        await Grants(account, person);
        var decision = await account.Asks(Text(person, zones: "Europe/Berlin"));
        Assert.Equal("allow", decision.Outcome);
        Assert.Equal(["registration", "quiet_hours", "state_frequency"], decision.Reasons.Select(r => r.Rule).TakeLast(3));
        Assert.Equal(("approved", "Europe/Berlin"), (decision.Reasons[^3].Facts["brand"], decision.Reasons[^2].Facts["zones"]));
    }

    [Fact]
    public async Task At_night_a_marketing_text_waits_for_the_morning_and_a_receipt_does_not()
    {
        var (account, person) = (await app.NewAccount(), Consents.NewAddress());
        await Grants(account, person);
        var decision = await account.Asks(Text(person, zones: "America/New_York"));
        Assert.Equal(("defer", "quiet_hours", new DateTimeOffset(2026, 11, 2, 14, 0, 0, TimeSpan.Zero)), (decision.Outcome, decision.Decisive?.Rule, decision.DeferUntil));
        Assert.Contains("9 in the morning", GateWords.Sentence(decision), StringComparison.Ordinal);
        Assert.Equal("allow", (await account.Asks(Text(person, zones: "America/New_York", category: Categories.Transactional))).Outcome);
    }

    [Theory]
    [InlineData("long_code", "", "", "", "brand")]
    [InlineData("long_code", "in_review", "verified", "", "brand")]
    [InlineData("long_code", "approved", "pending", "", "campaign")]
    [InlineData("long_code", "approved", "suspended", "", "campaign")]
    [InlineData("long_code", "approved", "verified", "", null)]
    [InlineData("toll_free", "", "", "pending", "verification")]
    [InlineData("toll_free", "", "", "verified", null)]
    [InlineData("short_code", "", "", "verified", null)]
    [InlineData("development", "", "", "", null)]
    public async Task American_numbers_get_texts_only_from_registered_ones(string kind, string brand, string campaign, string verification, string? why)
    {
        var (account, person) = (await app.NewAccount(), Consents.NewAddress());
        await Grants(account, person);
        var question = Text(person, zones: "Europe/Berlin") with { Sender = new SendingNumber(kind, brand, campaign, verification) };
        var decision = await account.Asks(question);
        Assert.Equal((why is null ? null : "registration", why), (decision.Decisive?.Rule, decision.Decisive?.Facts["why"]));
        Assert.Equal("allow", (await account.Asks(question with { Country = "DE", SendId = Consents.NewAddress() })).Outcome);
        Assert.Equal(why, (await account.Asks(question with { Category = Categories.Transactional, SendId = Consents.NewAddress() })).Decisive?.Facts["why"]);
    }

    [Fact]
    public async Task A_number_that_takes_no_answers_sends_no_marketing()
    {
        var (account, person) = (await app.NewAccount(), Consents.NewAddress());
        await Grants(account, person);
        var question = Text(person) with { Country = "DE", Sender = Registered with { OneWay = true } };
        var decision = await account.Asks(question);
        Assert.Equal(("registration", "one_way"), (decision.Decisive?.Rule, decision.Decisive?.Facts["why"]));
        Assert.Equal("Not sent: your number takes no answers, so nobody could end your texts with STOP.", GateWords.Sentence(decision));
        Assert.Equal("allow", (await account.Asks(question with { Category = Categories.Transactional, SendId = Consents.NewAddress() })).Outcome);
    }

    [Fact]
    public async Task Who_may_be_in_florida_gets_three_marketing_texts_in_a_day()
    {
        await using var own = await app.Another();
        var (account, person) = (await own.NewAccount(), Consents.NewAddress());
        await Grants(account, person);
        // Noon in Miami.
        own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 2, 17, 0, 0, TimeSpan.Zero));
        GateQuestion Another(string regions = "US-FL US-GA") => Text(person, zones: "America/New_York") with { SendId = Consents.NewAddress(), Regions = regions };
        for (var text = 0; text < 3; text++)
            Assert.Equal("allow", (await account.Asks(Another())).Outcome);
        var fourth = await account.Asks(Another());
        Assert.Equal(("defer", "state_frequency", "3"), (fourth.Outcome, fourth.Decisive?.Rule, fourth.Decisive?.Facts["sent"]));
        Assert.Equal("allow", (await account.Asks(Another("US-GA"))).Outcome);
        own.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        Assert.Equal("allow", (await account.Asks(Another())).Outcome);
    }

    [Fact]
    public async Task Without_a_number_or_a_transport_nothing_goes()
    {
        var account = await app.NewAccount();
        var decision = await account.Asks(Text(Consents.NewAddress(), category: Categories.Security) with { Sender = null, Transport = null });
        Assert.Equal(["no_transport", "registration"], decision.Reasons.Where(r => r.Outcome == "deny").Select(r => r.Rule));
        Assert.Equal("Not sent: no service for text messages is set up yet.", GateWords.Sentence(decision));
    }

    [Theory]
    [InlineData(Categories.Marketing, "opted_out")]
    [InlineData(Categories.Transactional, "opted_out")]
    [InlineData(Categories.Security, "opted_out")]
    [InlineData(Categories.ConsentRequest, "opted_out")]
    [InlineData(Categories.StopConfirmation, null)]
    [InlineData(Categories.HelpAnswer, null)]
    public async Task After_a_stop_nothing_goes_but_its_confirmation_and_help(string category, string? rule)
    {
        var (account, person) = (await app.NewAccount(), Consents.NewAddress());
        await Grants(account, person);
        await Stops(account, person);
        var decision = await account.Asks(Text(person, zones: "Europe/Berlin", category: category));
        Assert.Equal(rule, decision.Decisive?.Rule);
        if (rule is not null)
            Assert.Equal("Not sent: they unsubscribed on 2 November 2026 by text message.", GateWords.Sentence(decision));
    }

    [Fact]
    public async Task The_confirmation_goes_once_and_its_own_second_try_is_the_same_one()
    {
        var (account, person) = (await app.NewAccount(), Consents.NewAddress());
        await Stops(account, person);
        var confirmation = Text(person, category: Categories.StopConfirmation);
        Assert.Equal(["allow", "allow"], [(await account.Asks(confirmation)).Outcome, (await account.Asks(confirmation)).Outcome]);
        var second = await account.Asks(confirmation with { SendId = Consents.NewAddress() });
        Assert.Equal(("stop_confirmation", "confirmed"), (second.Decisive?.Rule, second.Decisive?.Facts["why"]));
    }

    [Fact]
    public async Task Two_confirmations_of_one_batch_are_one()
    {
        var (account, person) = (await app.NewAccount(), Consents.NewAddress());
        await Stops(account, person);
        var both = await account.InTransaction((services, connection) => services.GetRequiredService<IGate>().Decide(
            connection, [Text(person, category: Categories.StopConfirmation), Text(person, category: Categories.StopConfirmation)], CancellationToken.None));
        Assert.Equal(["allow", "deny"], both.Select(d => d.Outcome));
    }

    [Fact]
    public async Task Nobody_is_confirmed_a_stop_they_did_not_ask_for_or_asked_for_long_ago()
    {
        await using var own = await app.Another();
        var (account, person) = (await own.NewAccount(), Consents.NewAddress());
        Assert.Equal("no_withdrawal", (await account.Asks(Text(person, category: Categories.StopConfirmation))).Decisive?.Facts["why"]);
        await Stops(account, person);
        own.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("late", (await account.Asks(Text(person, category: Categories.StopConfirmation))).Decisive?.Facts["why"]);
    }

    private static GateQuestion Text(Guid address, string zones = "Europe/Berlin", string category = Categories.Marketing) =>
        Consents.Question(address, category) with { Channel = Channels.Sms, Sender = Registered, Country = "US", Zones = zones };

    private static Task Grants(TestAccount account, Guid address) => Says(account, address, ConsentActs.Granted, ConsentDoors.Form);

    private static Task Stops(TestAccount account, Guid address) => Says(account, address, ConsentActs.Withdrawn, ConsentDoors.Text);

    private static Task Says(TestAccount account, Guid address, string act, string how) => account.In(s => s.GetRequiredService<IConsentLedger>().Append(
        new ConsentEntry { AddressKey = address, Channel = Channels.Sms, Act = act, How = how, Wording = "Text me.", Source = "Form: Newsletter" }, CancellationToken.None));
}
