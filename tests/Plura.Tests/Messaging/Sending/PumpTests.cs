using Plura.Messaging.Contracts;

namespace Plura.Tests.Messaging;

public sealed class PumpTests(PluraApp app)
{
    [Fact]
    public async Task Every_planned_send_is_handed_over_once_and_the_origin_finishes_once()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(1200);
        Assert.Equal(1199, await lab.Send());
        var counts = await account.Counts(origin);
        Assert.Equal((1200, 1199, 1), (counts.Total, counts.Accepted, counts.Withheld));
        Assert.Equal(1199, lab.Transport.Begun.Select(m => m.MessageId).Distinct().Count());
        Assert.Equal("finished", await account.Ask<string>("select state from messaging.dispatch where origin_id = $1", origin));
        Assert.Equal(1199, await account.Ask<long>("select count(*) from messaging.send_attempt"));
        Assert.Equal(1, (await account.Ledger(l => l.Reasons("campaign", origin, "withheld", default)))["no_address"]);
    }

    [Theory]
    [InlineData("5.1.1", "bounced", "hard_bounce")]
    [InlineData("5.7.1", "bounced", "refused")]
    [InlineData("lost", "unknown", "connection_lost")]
    [InlineData("4.2.0", "deferred", "receiver_busy")]
    public async Task An_answer_has_a_state_and_a_reason(string answer, string state, string reason)
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Answer = (_, _) => answer switch { "5.1.1" => ScriptedTransport.Dead, "5.7.1" => ScriptedTransport.Refused, "lost" => ScriptedTransport.Lost, _ => ScriptedTransport.Busy };
        var origin = await account.Plan(1);
        await lab.Send();
        var line = Assert.Single((await account.Ledger(l => l.List("campaign", origin, new SendFilter(null, null), null, 10, default))).Items);
        Assert.Equal((state, reason), (line.State, line.Reason));
    }

    [Fact]
    public async Task A_dead_address_is_suppressed_and_the_next_letter_is_withheld()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Answer = (_, _) => ScriptedTransport.Dead;
        await account.Plan(1);
        await lab.Send();
        var second = await account.Plan(1);
        await lab.Send();
        Assert.Equal("withheld", await account.State(second, 1));
        Assert.Single(lab.Transport.Begun);
    }

    [Fact]
    public async Task Later_means_one_minute_then_two_then_four_and_after_three_days_the_message_is_given_up()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Answer = (_, _) => ScriptedTransport.Busy;
        var origin = await account.Plan(1);
        var pauses = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            await lab.Send();
            var due = await account.Ask<DateTime>("select due_at from messaging.send");
            pauses.Add((due - lab.Host.Clock.GetUtcNow().UtcDateTime).TotalMinutes);
            lab.Host.Clock.SetUtcNow(new DateTimeOffset(due.AddSeconds(1), TimeSpan.Zero));
        }

        for (var i = 0; i < 10; i++)
            Assert.InRange(pauses[i], Math.Min(240, Math.Pow(2, i)) * 0.74, Math.Min(240, Math.Pow(2, i)) * 1.26);
        lab.Host.Clock.Advance(TimeSpan.FromHours(72));
        await lab.Send();
        var story = (await account.Story(origin, 1))!;
        Assert.Equal("bounced", story.State);
        Assert.Equal("gave_up", (await account.Ledger(l => l.List("campaign", origin, new SendFilter(null, null), null, 10, default))).Items[0].Reason);
    }

    [Fact]
    public async Task A_domain_that_asks_for_patience_is_left_alone_and_the_others_go_on()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Connections = 1;
        lab.Transport.Answer = (address, _) => address.EndsWith("@domain0.example", StringComparison.Ordinal) ? ScriptedTransport.Throttled : ScriptedTransport.Accepted;
        var origin = await account.Plan(90);
        await lab.Send();
        var counts = await account.Counts(origin);
        Assert.Equal((59, 30), (counts.Accepted, counts.Deferred));
        Assert.InRange(lab.Transport.Addresses.Count(a => a.EndsWith("@domain0.example", StringComparison.Ordinal)), 5, 8);
        lab.Transport.Answer = (_, _) => ScriptedTransport.Accepted;
        lab.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        await lab.Send();
        Assert.Equal(89, (await account.Counts(origin)).Accepted);
        Assert.Equal(0, await account.Ask<long>("select count(*) from messaging.destination"));
    }

    [Fact]
    public async Task A_message_that_was_not_begun_goes_again_under_the_same_id()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Answer = (_, nth) => nth == 1 ? ScriptedTransport.NotBegun : ScriptedTransport.Accepted;
        var origin = await account.Plan(5);
        await lab.Send();
        Assert.Equal(5, (await account.Counts(origin)).Accepted);
        Assert.Equal(5, lab.Transport.Begun.Select(m => m.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_costs_nothing_but_time()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Down = true;
        var origin = await account.Plan(20);
        Assert.Equal(0, await lab.Send());
        Assert.Equal(20, (await account.Counts(origin)).Planned);
        Assert.Equal(0, await account.Ask<long>("select count(*) from messaging.send_attempt"));
        lab.Transport.Down = false;
        lab.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await lab.Send();
        Assert.Equal(19, (await account.Counts(origin)).Accepted);
    }

    [Fact]
    public async Task A_rate_limit_is_a_bucket_that_fills_with_time()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(400, rate: 600);
        var (start, sent) = (lab.Host.Clock.GetUtcNow(), 0);
        for (var second = 0; second < 5; second++)
        {
            sent += await lab.Send();
            Assert.InRange(sent, 1, ((lab.Host.Clock.GetUtcNow() - start).TotalSeconds * 10) + 11);
            lab.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(sent, 45, 350);
        lab.Host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.InRange(await lab.Send(), 9, 40);   // A long pause saves up one second's worth, not an hour's.
        Assert.Equal(400, (await account.Counts(origin)).Total);
    }

    [Fact]
    public async Task A_single_letter_of_one_account_does_not_wait_for_the_broadcast_of_another()
    {
        await using var lab = await SendingLab.Start(app);
        var (big, small) = (lab.NewAccount(), lab.NewAccount());
        await big.Plan(2500);
        var planned = false;
        lab.Transport.During = async _ =>
        {
            if (lab.Transport.Count < 100 || Interlocked.Exchange(ref planned, true))
                return;
            await small.Plan(1, subject: "Reminder");
        };
        await lab.Send();
        var place = lab.Transport.Begun.ToList().FindIndex(m => System.Text.Encoding.ASCII.GetString(m.Bytes.Span).Contains("Subject: Reminder", StringComparison.Ordinal));
        Assert.InRange(place, 1, 1400);
    }

    [Fact]
    public async Task A_server_is_greeted_once_for_many_letters_and_anew_only_where_a_line_was_lost()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        await account.Plan(300);
        await lab.Send();
        var greeted = lab.Transport.Opened;
        Assert.InRange(greeted, 1, lab.Transport.Connections);
        await account.Plan(300);
        await lab.Send();
        Assert.InRange(lab.Transport.Opened, greeted, lab.Transport.Connections);

        greeted = lab.Transport.Opened;
        lab.Transport.Answer = (address, attempt) => address == SendingAccount.Address(7) && attempt == 3 ? ScriptedTransport.NotBegun : ScriptedTransport.Accepted;
        var third = await account.Plan(300);
        await lab.Send();
        lab.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await lab.Send();
        Assert.Equal((299, 1), ((await account.Counts(third)).Accepted, (await account.Counts(third)).Withheld));
        Assert.InRange(lab.Transport.Opened, greeted, lab.Transport.Connections + 1);
    }

    [Fact]
    public async Task Too_many_failures_pause_the_origin_with_a_reason_and_once()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Answer = (address, _) => address.EndsWith("@domain0.example", StringComparison.Ordinal) ? ScriptedTransport.Refused : ScriptedTransport.Accepted;
        var origin = await account.Plan(600);
        await lab.Send();
        Assert.Equal("paused", await account.Ask<string>("select state from messaging.dispatch where origin_id = $1", origin));
        Assert.Contains("failed", await account.Ask<string>("select reason from messaging.dispatch where origin_id = $1", origin), StringComparison.Ordinal);
        var counts = await account.Counts(origin);
        Assert.InRange(counts.Bounced, 20, 60);
        Assert.True(counts.Planned > 300);
        lab.Transport.Answer = (_, _) => ScriptedTransport.Accepted;
        await account.Ledger(l => l.Resume("campaign", origin, default));
        await lab.Send();
        Assert.Equal(0, (await account.Counts(origin)).Planned);
    }

    [Fact]
    public async Task A_letter_that_cannot_be_compiled_pauses_its_origin_and_holds_up_nobody()
    {
        await using var lab = await SendingLab.Start(app);
        var (broken, fine) = (lab.NewAccount(), lab.NewAccount());
        var bad = await broken.Plan(5, subject: "Broken");
        var good = await fine.Plan(5);
        await lab.Send();
        Assert.Equal(5, (await fine.Counts(good)).Accepted);
        Assert.Equal(5, (await broken.Counts(bad)).Planned);
        Assert.Equal("paused", await broken.Ask<string>("select state from messaging.dispatch where origin_id = $1", bad));
    }

    [Fact]
    public async Task A_letter_that_cannot_be_written_for_one_person_fails_for_that_person()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(5, subject: "Fails for 3");
        await lab.Send();
        Assert.Equal((4, 1), ((await account.Counts(origin)).Accepted, (await account.Counts(origin)).Bounced));
        Assert.Equal("bounced", await account.State(origin, 3));
    }
}
