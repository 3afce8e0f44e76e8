using Plura.Messaging.Contracts;

namespace Plura.Tests.Messaging;

public sealed class SendLedgerTests(PluraApp app)
{
    [Fact]
    public async Task Planning_again_adds_only_who_was_not_planned()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(10);
        await lab.Send();
        await account.Plan(12, originId: origin);
        Assert.Equal(12, (await account.Counts(origin)).Total);
        await lab.Send();
        Assert.Equal(12, lab.Transport.Begun.Select(m => m.MessageId).Distinct().Count());
        Assert.Equal(12, lab.Transport.Count);
    }

    [Fact]
    public async Task A_single_send_is_planned_once_and_keeps_its_id()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(0);
        var content = await account.Ask<Guid>("select id from messaging.content limit 1");
        var plan = new SendPlan("consent_request", origin, content, null, lab.Host.Clock.GetUtcNow());
        var first = await account.Ledger(l => l.PlanOne(plan, SendingAccount.Point(1), SendingAccount.Point(1), default));
        Assert.Equal(first, await account.Ledger(l => l.PlanOne(plan, SendingAccount.Point(1), SendingAccount.Point(1), default)));
        await lab.Send();
        Assert.Single(lab.Transport.Begun);
    }

    [Fact]
    public async Task A_message_keeps_its_id_and_bears_the_senders_domain()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(1);
        await lab.Send();
        var story = (await account.Story(origin, 1))!;
        Assert.Equal($"{story.SendId}@bakery.example", story.MessageId);
        Assert.Equal(story.MessageId, lab.Transport.Begun.Single().MessageId);
        Assert.Equal(7, story.SendId.Version);
    }

    [Fact]
    public async Task Nothing_goes_before_its_time()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(3, at: lab.Host.Clock.GetUtcNow().AddHours(2));
        Assert.Equal(0, await lab.Send());
        lab.Host.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(3, await lab.Send());
        Assert.Equal(3, (await account.Counts(origin)).Accepted);
    }

    [Fact]
    public async Task Lists_page_by_key_and_filter_by_state_and_reason()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Answer = (address, _) => address.StartsWith("p1@", StringComparison.Ordinal) ? ScriptedTransport.Dead : ScriptedTransport.Accepted;
        var origin = await account.Plan(7);
        await lab.Send();
        var first = await account.Ledger(l => l.List("campaign", origin, new SendFilter("accepted", null), null, 4, default));
        var second = await account.Ledger(l => l.List("campaign", origin, new SendFilter("accepted", null), first.Next, 4, default));
        Assert.Equal((4, 2), (first.Items.Count, second.Items.Count));
        Assert.Null(second.Next);
        Assert.Equal(6, first.Items.Concat(second.Items).Select(i => i.SendId).Distinct().Count());
        var bounced = await account.Ledger(l => l.List("campaign", origin, new SendFilter(null, "hard_bounce"), null, 10, default));
        Assert.Equal(SendingAccount.Point(1), Assert.Single(bounced.Items).ContactId);
    }

    [Fact]
    public async Task The_story_tells_what_was_decided_and_what_happened()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Answer = (_, nth) => nth == 1 ? ScriptedTransport.Busy : ScriptedTransport.Accepted;
        var origin = await account.Plan(1);
        await lab.Send();
        lab.Host.Clock.Advance(TimeSpan.FromMinutes(5));
        await lab.Send();
        var story = (await account.Story(origin, 1))!;
        Assert.Equal(["planned", "handed_off", "deferred", "handed_off", "accepted"], story.Events.Select(e => e.Kind));
        Assert.Equal("allow", story.Decision?.Outcome);
        Assert.Equal(story.SendId, story.Decision?.SendId);
        Assert.Contains(story.Events, e => e.Detail is { } d && d.Contains("mailbox busy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_attempt_without_an_allowing_decision_is_refused_by_the_database()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(SendingAccount.WithoutAddress);
        await lab.Send();
        var story = (await account.Story(origin, SendingAccount.WithoutAddress))!;
        Assert.Equal("withheld", story.State);
        await using var open = await lab.Host.OpenApp(account.Id);
        const string attempt = "insert into messaging.send_attempt (tenant_id, send_id, attempt, decision_id, outcome, at) values ($1, $2, 9, $3, $4, now())";
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => open.Do(attempt, account.Id, story.SendId, story.Decision!.Id, "allow"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => open.Do(attempt, account.Id, story.SendId, story.Decision!.Id, "deny"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => open.Do(attempt, account.Id, story.SendId, Guid.Empty, "allow"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => open.Do("update messaging.send_attempt set at = now()"));
    }

    [Fact]
    public async Task A_forecast_runs_the_gates_rules_and_stores_nothing()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var letter = new LetterContent { Subject = "Hi", Html = "<p>Hi</p>", FromName = "B", FromEmail = "b@bakery.example", Category = "transactional" };
        var forecast = await account.Ledger(async l => await l.Forecast(letter, await account.Audience(2500), default));
        Assert.Equal((2500, 2500), (forecast.Total, forecast.Allowed));
        Assert.Equal(0, await account.Ask<long>("select count(*) from privacy.decision"));
    }
}
