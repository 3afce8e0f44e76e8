namespace Plura.Tests.Messaging;

public sealed class SteeringTests(PluraApp app)
{
    [Theory]
    [InlineData("pause", "planned")]
    [InlineData("cancel", "cancelled")]
    public async Task Pausing_and_cancelling_hold_before_the_next_intent(string verb, string rest)
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Connections = 8;
        var origin = await account.Plan(2000);
        var steered = 0;
        long intendedThen = 0;
        lab.Transport.During = async _ =>
        {
            if (lab.Transport.Count < 300 || Interlocked.Exchange(ref steered, 1) == 1)
                return;
            await account.Ledger(l => verb == "pause" ? l.Pause("campaign", origin, "I want to look.", default) : l.Cancel("campaign", origin, default));
            intendedThen = await account.Ask<long>("select count(*) from messaging.send_attempt");
        };
        await lab.Send();
        Assert.Equal(intendedThen, lab.Transport.Count);
        var then = await account.Counts(origin);
        Assert.Equal(intendedThen, then.Accepted);
        // One of the 2,000 has lost their address: their turn may have come before, and then they are withheld.
        Assert.InRange(then.Withheld, 0, 1);
        Assert.Equal(2000 - intendedThen - then.Withheld, await account.Ask<long>("select count(*) from messaging.send where state = $1 and node is null", rest));

        await account.Ledger(l => l.Resume("campaign", origin, default));
        await lab.Send();
        var counts = await account.Counts(origin);
        Assert.Equal(verb == "pause" ? 1999 : intendedThen, counts.Accepted);
        Assert.Equal(verb == "pause" ? 1 : then.Withheld, counts.Withheld);
        Assert.Equal(counts.Accepted, lab.Transport.Begun.Select(m => m.MessageId).Distinct().Count());
        Assert.Equal(counts.Accepted, lab.Transport.Count);
    }

    [Fact]
    public async Task A_paused_origin_keeps_its_reason_and_sends_nothing()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(5);
        await account.Ledger(l => l.Pause("campaign", origin, "Wrong price", default));
        Assert.Equal(0, await lab.Send());
        Assert.Equal("Wrong price", await account.Ask<string>("select reason from messaging.dispatch where origin_id = $1", origin));
        await account.Ledger(l => l.Resume("campaign", origin, default));
        Assert.Equal(5, await lab.Send());
    }

    [Fact]
    public async Task Nobody_steers_another_accounts_sends()
    {
        await using var lab = await SendingLab.Start(app);
        var (mine, other) = (lab.NewAccount(), lab.NewAccount());
        var origin = await mine.Plan(5);
        await other.Ledger(l => l.Cancel("campaign", origin, default));
        Assert.Equal(0, (await other.Counts(origin)).Total);
        Assert.Equal(5, await lab.Send());
    }

    [Fact]
    public async Task A_person_decides_about_an_unknown_one()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Answer = (_, nth) => nth == 1 ? ScriptedTransport.Lost : ScriptedTransport.Accepted;
        var origin = await account.Plan(2);
        await lab.Send();
        Assert.Equal(2, (await account.Counts(origin)).Unknown);
        var (first, second) = ((await account.Story(origin, 1))!, (await account.Story(origin, 2))!);
        Assert.True((await account.Ledger(l => l.Resolve("campaign", origin, first.SendId, resend: true, default))).Ok);
        Assert.True((await account.Ledger(l => l.Resolve("campaign", origin, second.SendId, resend: false, default))).Ok);
        await lab.Send();
        Assert.Equal("accepted", await account.State(origin, 1));
        Assert.Equal("skipped", await account.State(origin, 2));
        Assert.Equal(3, lab.Transport.Count);
        Assert.Equal("send.not_unknown", (await account.Ledger(l => l.Resolve("campaign", origin, first.SendId, resend: true, default))).Refusal?.Code);
    }
}
