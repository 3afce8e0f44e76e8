using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>What people text back: kept, understood, heeded.</summary>
public sealed class ReceiveTextTests(PluraApp first)
{
    private const string Phone = "+12125550100";

    [Fact]
    public async Task After_a_stop_only_its_one_confirmation_goes()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var ann = await account.Reader(Phone);
        await account.Writes(ann, "Your table is ready.");
        await app.Pump();
        Assert.Equal("stop", (await app.Phones(Phone, " stop! ")).GetProperty("meaning").GetString());
        await app.Pump();
        Assert.Equal("withdrawn text", await account.Permission(Phone));
        string[] both = ["Your table is ready.", "Corner Bakery: You will get no more texts from us. Reply START to get them again."];
        Assert.Equal(both, await app.Got(Phone));

        var after = new List<Guid>();
        foreach (var category in (string[])[Categories.Marketing, Categories.Transactional, Categories.Security, Categories.StopConfirmation])
            after.Add(await account.Writes(ann, "More", category));
        Assert.Equal("stop", (await app.Phones(Phone, "STOP")).GetProperty("meaning").GetString());
        app.Clock.Advance(TimeSpan.FromHours(5));
        await app.Pump();
        Assert.Equal(both, await app.Got(Phone));
        Assert.Equal(["withheld opted_out", "withheld opted_out", "withheld opted_out", "withheld stop_confirmation"], [await account.State(after[0]), await account.State(after[1]), await account.State(after[2]), await account.State(after[3])]);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from privacy.consent_event where act = 'withdrawn'"));
    }

    [Fact]
    public async Task A_stop_that_waits_longer_than_five_minutes_is_not_confirmed()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await app.Pump();
        await app.Phones(Phone, "STOP");
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        await app.Pump();
        Assert.Single(await app.Got(Phone));
        Assert.Equal("withheld stop_confirmation", await account.Ask<string>("select state || ' ' || reason from messaging.send where origin = 'text_answer'"));
    }

    [Fact]
    public async Task The_message_itself_is_the_proof_and_stands_nowhere_in_the_open()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var ann = await account.Reader(Phone);
        await account.Writes(ann);
        await app.Pump();
        await app.Phones(Phone, "Please leave me alone, Kowalczyk", id: "SM1");
        Assert.Equal("withdrawn text", await account.Permission(Phone));
        var proof = await account.Ask<byte[]>("select proof from privacy.consent_event where act = 'withdrawn'");
        Assert.NotNull(proof);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from messaging.stop_review where seen_at is null"));
        Assert.Equal("settings/texts", await account.Ask<string>("select link from accounts.notice where kind = 'stop_review'"));
        Assert.Equal("likely_stop", await account.Ask<string>("select meaning from messaging.received_text"));
        foreach (var table in (string[])["messaging.received_text", "messaging.stop_review", "messaging.send", "messaging.content", "privacy.consent_event", "privacy.audit_entry", "platform.outbox_message"])
            Assert.Equal(0L, await app.Ask<long>($"select count(*) from {table} t where t::text ilike '%Kowalczyk%' or t::text like '%12125550100%'"));
        var body = await account.In(async services => (await services.GetRequiredService<IReceivedTexts>().Read([await account.Ask<Guid>("select id from messaging.received_text")], default)).Values.Single());
        Assert.Equal((Phone, "Please leave me alone, Kowalczyk"), (body.From, body.Text));
        Assert.Equal(ann, await account.Ask<Guid>("select seal_key from messaging.received_text"));
    }

    [Fact]
    public async Task A_stop_on_a_shared_number_counts_for_every_account_that_shares_it()
    {
        await using var app = await first.Another();
        var (bakery, florist, stranger) = (await app.NewAccount(), await app.NewAccount("Florist"), await app.NewAccount("Tailor"));
        var (ann, alsoAnn) = (await bakery.Reader(Phone), await florist.Reader(Phone));
        await stranger.Reader(Phone);
        await bakery.Writes(ann, "Bread");
        await app.Pump();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await florist.Writes(alsoAnn, "Roses");
        await app.Pump();

        var taken = await app.Phones(Phone, "ARRET");
        await app.Pump();
        Assert.Equal(florist.Id, taken.GetProperty("accountId").GetGuid());
        Assert.Equal(("withdrawn text", "withdrawn text"), (await bakery.Permission(Phone), await florist.Permission(Phone)));
        // Whose texts never left from this number hears of it when the first one is to go.
        Assert.Equal("attested api", await stranger.Permission(Phone));
        Assert.Equal(["Bread", "Roses", "Florist : vous ne recevrez plus de SMS de notre part. Répondez START pour en recevoir à nouveau."], await app.Got(Phone));
        await app.Phones(Phone, "START", id: "SM2");
        // Said to the florist, it is their word to the florist; in the bakery it gives back what they had allowed there.
        Assert.Equal(("attested api", "granted text"), (await bakery.Permission(Phone), await florist.Permission(Phone)));
        await app.Phones(Phone, "STOP", id: "SM3");
        // An old start that somebody plays again begins nothing anew, in either account.
        await app.Phones(Phone, "START", id: "SM2");
        Assert.Equal(("withdrawn text", "withdrawn text"), (await bakery.Permission(Phone), await florist.Permission(Phone)));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await stranger.Writes(await stranger.Ask<Guid>("select contact_id from contacts.contact_point where kind = 'phone'"), "A new suit?");
        await app.Pump();
        Assert.Equal(("withheld opted_out", "withdrawn text"), (await stranger.State(later), await stranger.Permission(Phone)));
        Assert.DoesNotContain(await app.Got(Phone), t => t.Contains("suit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_gives_no_other_account_what_they_never_allowed_it()
    {
        await using var app = await first.Another();
        var (bakery, florist) = (await app.NewAccount(), await app.NewAccount("Florist"));
        var ann = await bakery.Reader(Phone);
        await florist.Reader(Phone, consent: false);
        // The florist texts from the number too, to somebody else.
        await florist.Writes(await florist.Reader("+12125550177"), "Roses");
        await bakery.Writes(ann, "Bread");
        await app.Pump();
        await app.Phones(Phone, "STOP", id: "SM1");
        Assert.Equal(("withdrawn text", "withdrawn text"), (await bakery.Permission(Phone), await florist.Permission(Phone)));
        await app.Phones(Phone, "START", id: "SM2");
        Assert.Equal(("granted text", "nothing"), (await bakery.Permission(Phone), await florist.Permission(Phone)));
    }

    [Fact]
    public async Task A_mere_yes_to_one_account_begins_nothing_in_another_and_lifts_no_withdrawal_but_their_own_text()
    {
        await using var app = await first.Another();
        var (bakery, florist, tailor) = (await app.NewAccount(), await app.NewAccount("Florist"), await app.NewAccount("Tailor"));
        var ann = await bakery.Reader(Phone);
        await florist.Writes(await florist.Reader(Phone), "Roses");
        await app.Pump();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await bakery.Writes(ann, "Bread");
        await app.Pump();
        await app.Phones(Phone, "STOP", id: "SM1");
        await app.Phones(Phone, "yes", id: "SM2");
        Assert.Equal(("granted text", "withdrawn text"), (await bakery.Permission(Phone), await florist.Permission(Phone)));
        // And whoever begins to write from the number later hears of the stop all the same.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var suit = await tailor.Writes(await tailor.Reader(Phone), "Your suit is ready.");
        await app.Pump();
        Assert.Equal("withheld opted_out", await tailor.State(suit));
    }

    [Fact]
    public async Task A_stop_to_a_number_does_not_end_what_somebody_allowed_an_account_later()
    {
        await using var app = await first.Another();
        var (bakery, tailor) = (await app.NewAccount(), await app.NewAccount("Tailor"));
        await bakery.Writes(await bakery.Reader(Phone));
        await app.Pump();
        await app.Phones(Phone, "STOP");
        app.Clock.Advance(TimeSpan.FromHours(1));
        var reader = await tailor.Reader(Phone);
        await Allows(tailor);
        var theirs = await tailor.Writes(reader, "Your suit is ready.");
        await app.Pump();
        Assert.Equal("accepted", await tailor.State(theirs));
    }

    [Fact]
    public async Task What_an_account_says_of_somebody_does_not_lift_a_stop_to_the_number_and_the_newest_stop_counts()
    {
        await using var app = await first.Another();
        var (bakery, tailor, florist) = (await app.NewAccount(), await app.NewAccount("Tailor"), await app.NewAccount("Florist"));
        await bakery.Writes(await bakery.Reader(Phone));
        await app.Pump();
        await app.Phones(Phone, "STOP", id: "SM1");
        app.Clock.Advance(TimeSpan.FromDays(1));
        // The account holds a permission of today, as it says.
        var theirs = await tailor.Writes(await tailor.Reader(Phone), "Your suit is ready.");
        await app.Pump();
        Assert.Equal("withheld opted_out", await tailor.State(theirs));
        // Allowed after the first stop and before the second.
        var reader = await florist.Reader(Phone);
        await Allows(florist);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Phones(Phone, "STOP", id: "SM2");
        var roses = await florist.Writes(reader, "Roses");
        await app.Pump();
        Assert.Equal("withheld opted_out", await florist.State(roses));
    }

    private static Task Allows(TestAccount account) => account.In(s => s.GetRequiredService<IConsentLedger>().Append(
        new ConsentEntry { AddressKey = s.GetRequiredService<IAddressKeys>().Of(Channels.Sms, Phone), Channel = Channels.Sms, Act = ConsentActs.Granted, How = ConsentDoors.Form, Wording = "Text me.", Source = "Form: Fitting" }, default));

    [Fact]
    public async Task A_text_for_a_number_from_which_nobody_writes_yet_goes_to_those_who_run_the_installation_and_its_stop_counts_for_whoever_will()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var reader = await account.Reader(Phone);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var taken = await app.Phones(Phone, "STOP");
        Assert.Equal("operator", await app.Ask<string>("select slug from accounts.account where id = $1", taken.GetProperty("accountId").GetGuid()));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var text = await account.Writes(reader);
        await app.Pump();
        Assert.Equal("withheld opted_out", await account.State(text));
        Assert.Equal("message", (await app.Phones("72345", "Your code is 1234")).GetProperty("meaning").GetString());
    }

    [Fact]
    public async Task Start_brings_texts_back_and_a_mere_yes_only_to_who_had_ended_them()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var ann = await account.Reader(Phone);
        await account.Writes(ann);
        await app.Pump();
        Assert.Equal("message", (await app.Phones(Phone, "Yes")).GetProperty("meaning").GetString());
        Assert.Equal("attested api", await account.Permission(Phone));
        await app.Phones(Phone, "STOP");
        Assert.Equal("start", (await app.Phones(Phone, "yes!")).GetProperty("meaning").GetString());
        await app.Pump();
        Assert.Equal("granted text", await account.Permission(Phone));
        var again = await account.Writes(ann, "Welcome back");
        await app.Pump();
        Assert.Equal("accepted", await account.State(again));
        // The confirmation of a stop that had been taken back before it went would be wrong.
        Assert.Equal(["Your table is ready.", "Corner Bakery: You get our texts again. Reply STOP to end them, HELP for help.", "Welcome back"], await app.Got(Phone));
    }

    [Fact]
    public async Task Help_is_answered_with_who_writes_and_how_to_end_it_also_after_a_stop()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await app.Phones(Phone, "STOP");
        await app.Phones(Phone, "ayuda");
        await app.Phones("+13475550111", "HELP");
        await app.Pump();
        Assert.Contains("Corner Bakery. Pueden aplicar tarifas de mensajes. Responda STOP para no recibir más.", await app.Got(Phone));
        Assert.Equal(["Corner Bakery. Message and data rates may apply. Reply STOP to end texts."], await app.Got("+13475550111"));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.contact"));
    }

    [Fact]
    public async Task A_message_told_twice_is_taken_once_and_makes_one_contact()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Writes(await account.Reader(Phone));
        var (once, twice) = (await app.Phones("+13475550111", "Do you deliver?", id: "SM7"), await app.Phones("+13475550111", "Do you deliver?", id: "SM7"));
        Assert.Equal(once.GetProperty("id").GetGuid(), twice.GetProperty("id").GetGuid());
        Assert.Equal((1L, 2L), (await account.Ask<long>("select count(*) from messaging.received_text"), await account.Ask<long>("select count(*) from contacts.contact")));
        Assert.Equal("Text message", await account.Ask<string>("select source from contacts.contact order by created_at desc limit 1"));
    }

    [Fact]
    public async Task Who_only_says_stop_does_not_become_a_contact_and_nothing_goes_there_later()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await app.Phones("+13475550111", "STOP");
        await app.Pump();
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.contact"));
        Assert.Single(await app.Got("+13475550111"));
        var later = await account.Writes(await account.Reader("+13475550111", consent: false), "Hello");
        await app.Pump();
        Assert.Equal("withheld opted_out", await account.State(later));
    }

    [Theory]
    [InlineData("not a number", "+15005550006", HttpStatusCode.UnprocessableEntity)]
    [InlineData("+12125550100", "nowhere", HttpStatusCode.UnprocessableEntity)]
    [InlineData("", "+15005550006", HttpStatusCode.UnprocessableEntity)]
    public async Task What_cannot_be_meant_for_us_is_refused(string from, string to, HttpStatusCode status)
    {
        using var answer = await first.NewBrowser().Post("/dev/inbound/sms", new { from, to, text = "Hello" });
        Assert.Equal(status, answer.StatusCode);
    }
}
