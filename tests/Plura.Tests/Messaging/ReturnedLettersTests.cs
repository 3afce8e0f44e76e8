using Microsoft.Extensions.DependencyInjection;
using Plura.Campaigns;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Tests.Conversations;

namespace Plura.Tests.Messaging;

/// <summary>Letters that come back, wait on their way, or are reported as spam: each report is joined to its letter, once, and what is made up counts for nothing.</summary>
public sealed class ReturnedLettersTests(PluraApp app)
{
    private ReturnAddresses Returns => app.Services.GetRequiredService<ReturnAddresses>();

    [Fact]
    public void An_address_names_its_letter_is_signed_and_survives_small_letters()
    {
        var (account, send) = (Guid.CreateVersion7(app.Clock.GetUtcNow()), Guid.CreateVersion7(app.Clock.GetUtcNow()));
        var address = Returns.For(account, send)!;
        Assert.Equal(("inbox.test", 63), (address.Split('@')[1], address.Split('@')[0].Length));
        foreach (var written in (string[])[address, address.ToUpperInvariant(), $"<{address}>", address.Replace("inbox.test", "elsewhere.example", StringComparison.Ordinal)])
            Assert.Equal(new ReturnAddress(account, send, Signed: true), Returns.Read(written));
        for (var place = 2; place < 62; place++)
        {
            var other = address[place] == 'a' ? 'b' : 'a';
            Assert.NotEqual(new ReturnAddress(account, send, Signed: true), Returns.Read(address[..place] + other + address[(place + 1)..]));
        }

        Assert.False(Returns.Read(address[..61] + (address[61] == 'a' ? 'b' : 'a') + address[62..])!.Signed);
        foreach (var none in (string[])["b-bakery@inbox.test", "", "b-", "bakery@inbox.test", address[..40] + "@inbox.test"])
            Assert.Null(Returns.Read(none));
    }

    [Fact]
    public async Task A_letter_leaves_with_an_address_of_its_own_to_come_back_to()
    {
        var letter = await SentLetter.Send(app);
        var composed = await letter.Account.In(async services =>
        {
            var content = await app.Ask<Guid>("select content_id from messaging.send where id = $1", letter.SendId);
            var compiled = await services.GetRequiredService<IComposer>().Compile(content, default);
            return compiled.Compose(Letter.To() with { SendId = letter.SendId });
        });
        Assert.Equal(new ReturnAddress(letter.Account.Id, letter.SendId, Signed: true), Returns.Read(composed.EnvelopeFrom));
    }

    public static TheoryData<string, string, string, long> Ends => new()
    {
        { "postfix", "bounced hard_bounce", "bounced", 1 }, { "exchange", "bounced hard_bounce", "bounced", 1 }, { "gmail", "bounced hard_bounce", "bounced", 1 },
        { "qmail", "bounced hard_bounce", "bounced", 1 }, { "qmail-words", "bounced hard_bounce", "bounced", 1 }, { "exim", "bounced hard_bounce", "bounced", 1 },
        { "full", "bounced refused", "bounced", 0 }, { "policy", "bounced refused", "bounced", 0 }, { "expired", "bounced gave_up", "bounced", 0 },
        { "delayed", "accepted", "delayed", 0 }, { "delayed-words", "accepted", "delayed", 0 }, { "delivered", "accepted", "delivered", 0 },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_report_of_any_server_ends_where_its_letter_is(string shape, string state, string kind, long blocked)
    {
        var letter = await SentLetter.Send(app);
        var head = Head(letter);
        var report = shape switch
        {
            "postfix" => Reports.Postfix(head),
            "exchange" => Reports.Exchange(head),
            "gmail" => Reports.Gmail(head),
            "qmail" => Reports.Qmail(head),
            "qmail-words" => Reports.Qmail(head, "Sorry, no mailbox here by that name."),
            "exim" => Reports.Exim(head),
            "full" => Reports.Postfix(head, "5.2.2", said: "552 5.2.2 Mailbox full"),
            "policy" => Reports.Postfix(head, "5.7.1", said: "550 5.7.1 We do not like you"),
            "expired" => Reports.Postfix(head, "4.4.7", said: "Delivery time expired"),
            "delayed" => Reports.Postfix(head, "4.4.1", "delayed", "connect to mail.example.com: Connection timed out"),
            "delayed-words" => Reports.DelayInWords(),
            _ => Reports.Postfix(head, "2.0.0", "delivered", "250 2.0.0 Ok"),
        };
        for (var again = 0; again < 2; again++)
        {
            var taken = await app.TryReceive(Returns.For(letter.Account.Id, letter.SendId)!, report);
            Assert.Null(taken.Refusal);
            Assert.Equal((kind, (Guid?)letter.SendId, letter.Account.Id), (taken.Value.Report, taken.Value.SendId, taken.Value.AccountId));
            await letter.Account.Work();
        }

        Assert.Equal((state, blocked), (await State(letter), await letter.Account.Ask<long>("select count(*) from privacy.suppression where reason = 'hard_bounce'")));
        Assert.Equal("person", await letter.Events(kind));
        Assert.DoesNotContain("ann@", await app.Ask<string>("select coalesce(detail, '') from messaging.send_event where send_id = $1 and kind = $2", letter.SendId, kind), StringComparison.Ordinal);
        Assert.Equal(0L, await letter.Account.Ask<long>("select count(*) from conversations.message"));
    }

    [Fact]
    public async Task Without_its_address_a_report_is_joined_by_what_it_gives_back()
    {
        var byUnsubscribe = await SentLetter.Send(app);
        Assert.Null((await app.TryReceive("bounces@inbox.test", Reports.Exchange(Head(byUnsubscribe)))).Refusal);
        Assert.Equal("bounced hard_bounce", await State(byUnsubscribe));
        var byId = await SentLetter.Send(app);
        Assert.Null((await app.TryReceive(byId.Account.Inbox(), Reports.Postfix($"Message-ID: <{byId.Mail.MessageId}>\nSubject: Offer"))).Refusal);
        Assert.Equal("bounced hard_bounce", await State(byId));
        var byPath = await SentLetter.Send(app);
        Assert.Null((await app.TryReceive("fbl@inbox.test", Reports.Qmail($"Return-Path: <{Returns.For(byPath.Account.Id, byPath.SendId)}>\nSubject: Offer"))).Refusal);
        Assert.Equal("bounced hard_bounce", await State(byPath));
    }

    [Fact]
    public async Task A_report_that_somebody_made_up_counts_for_nothing()
    {
        var letter = await SentLetter.Send(app);
        var address = Returns.For(letter.Account.Id, letter.SendId)!;
        var forged = address[..60] + (address[60] == 'a' ? 'b' : 'a') + address[61..];
        // Also not by the Message-ID that it gives back.
        Assert.Equal("mail.forged_report", (await app.TryReceive(forged, Reports.Postfix(Head(letter)))).Refusal?.Code);
        Assert.Equal("mail.forged_report", (await app.TryReceive("fbl@inbox.test", Reports.Complaint("Subject: Offer", fields: $"Original-Mail-From: <{forged}>"))).Refusal?.Code);
        var stranger = await app.NewAccount("Next Door");
        Assert.Equal("mail.unknown_letter", (await app.TryReceive(stranger.Inbox(), Reports.Postfix($"Message-ID: <{letter.Mail.MessageId}>"))).Refusal?.Code);
        Assert.Equal("mail.unknown_letter", (await app.TryReceive(letter.Account.Inbox(), Reports.Postfix("Message-ID: <somebody-elses@elsewhere.example>"))).Refusal?.Code);
        await letter.Account.Work();
        Assert.Equal(("accepted", 0L, 0L, "granted form"), (await State(letter), await letter.Account.Ask<long>("select count(*) from privacy.suppression"), await letter.Account.Ask<long>("select count(*) from messaging.send_event where kind = 'bounced'"), await letter.State()));
    }

    [Fact]
    public async Task Whoever_presses_spam_gets_no_marketing_any_more_and_the_report_is_the_proof()
    {
        var letter = await SentLetter.Send(app);
        Assert.Equal(Reported.Nothing, (await app.TryReceive("fbl@inbox.test", Reports.Complaint(Head(letter), "not-spam"))).Value.Report);
        Assert.Equal("granted form", await letter.State());
        var all = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.TryReceive("fbl@inbox.test", Reports.Complaint(Head(letter)))));
        Assert.All(all, taken => Assert.Equal(Reported.Complained, taken.Value.Report));
        Assert.Equal("withdrawn provider", await letter.State());
        Assert.Equal(("person", 1L, 1L), (await letter.Events("complained"),
            await letter.Account.Ask<long>("select count(*) from privacy.suppression where reason = 'complaint'"),
            await letter.Account.Ask<long>("select count(*) from privacy.consent_event where act = 'withdrawn' and send_id = $1 and proof is not null", letter.SendId)));
        Assert.Equal("They pressed Spam in their mail program", SendWords.Happened(new SendEvent(app.Clock.GetUtcNow(), "complained", null, null)));
    }

    [Fact]
    public async Task A_complaint_is_joined_by_the_envelope_that_it_names_and_by_the_letters_id_with_its_account()
    {
        var byEnvelope = await SentLetter.Send(app);
        await app.TryReceive("fbl@inbox.test", Reports.Complaint("Subject: Offer", fields: $"Original-Mail-From: <{Returns.For(byEnvelope.Account.Id, byEnvelope.SendId)}>"));
        Assert.Equal("withdrawn provider", await byEnvelope.State());
        var byFeedback = await SentLetter.Send(app);
        await app.TryReceive("fbl@inbox.test", Reports.Complaint($"Message-ID: <{byFeedback.Mail.MessageId}>\nFeedback-ID: {byFeedback.Mail.Headers["Feedback-ID"]}", "fraud"));
        Assert.Equal("withdrawn provider", await byFeedback.State());
    }

    [Fact]
    public async Task A_report_that_overtakes_the_answer_waits_for_it()
    {
        await using var own = await app.Another();
        var letter = await SentLetter.Send(own);
        await own.Do("update messaging.send set state = 'intended' where id = $1", letter.SendId);
        Assert.Null((await own.TryReceive(own.Services.GetRequiredService<ReturnAddresses>().For(letter.Account.Id, letter.SendId)!, Reports.Postfix(Head(letter)))).Refusal);
        await own.Do("update messaging.send set state = 'accepted' where id = $1", letter.SendId);
        own.Clock.Advance(TimeSpan.FromSeconds(11));
        await own.Work();
        Assert.Equal("bounced hard_bounce", await own.Ask<string>("select state || ' ' || reason from messaging.send where id = $1", letter.SendId));
    }

    [Fact]
    public async Task Where_one_mailbox_takes_all_that_comes_back_the_letter_itself_says_which_it_was()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Email:ReturnPath=bounces@mail.example");
        var letter = await SentLetter.Send(own);
        var returns = own.Services.GetRequiredService<ReturnAddresses>();
        Assert.Equal("bounces@mail.example", returns.For(letter.Account.Id, letter.SendId));
        Assert.Equal(new ReturnAddress(letter.Account.Id, letter.SendId, Signed: true), returns.ReadToken(letter.Mail.Headers[ReturnAddresses.Header]));
        Assert.Null((await own.TryReceive("bounces@mail.example", Reports.Postfix($"{ReturnAddresses.Header}: {letter.Mail.Headers[ReturnAddresses.Header]}"))).Refusal);
        Assert.Equal("bounced", await own.Ask<string>("select state from messaging.send where id = $1", letter.SendId));
    }

    [Fact]
    public async Task While_one_develops_a_letter_of_the_mailbox_comes_back_by_a_button()
    {
        var letter = await SentLetter.Send(app);
        var id = await app.Ask<Guid>("select id from dev.message where send_id = $1", letter.SendId);
        var shown = await app.NewBrowser().Get($"/dev/mailbox/{id}");
        var play = await app.NewBrowser().Get(shown.Find("a[href*='play=bounce']").GetAttribute("href")!);
        Assert.Contains("The letter came back", (await play.Submit("[name='Report.Play']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Report.Play"] = "bounce" })).Text, StringComparison.Ordinal);
        Assert.Equal("bounced hard_bounce", await State(letter));
        Assert.Contains("no marketing any more", (await play.Submit("[name='Report.Play']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Report.Play"] = "complain" })).Text, StringComparison.Ordinal);
        Assert.Equal("withdrawn provider", await letter.State());
    }

    private static string Head(SentLetter letter) => string.Join('\n', letter.Mail.Headers.Where(h => h.Field is not "Content-Type" and not "MIME-Version").Select(h => $"{h.Field}: {h.Value.ReplaceLineEndings(" ").Trim()}"));

    private Task<string?> State(SentLetter letter) => app.Ask<string>("select state || coalesce(' ' || reason, '') from messaging.send where id = $1", letter.SendId);
}
