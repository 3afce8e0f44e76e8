using Plura.Messaging;

namespace Plura.Tests.Messaging;

public sealed class RecoveryTests(PluraApp app)
{
    [Fact]
    public async Task What_a_dead_node_claimed_goes_again_and_what_it_intended_is_unknown()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(10);
        await using (var owner = await lab.Host.OpenOwner())
        {
            const int dead = 4711;
            await owner.Do("insert into messaging.node_hold (node, tenant_id) values ($1, $2)", dead, account.Id);
            await owner.Do("update messaging.send set state = 'claimed', node = $1 where contact_point_id <= $2", dead, SendingAccount.Point(4));
            await owner.Do("update messaging.send set state = 'intended', node = $1, attempt = 1 where contact_point_id = any ($2)", dead, new[] { SendingAccount.Point(9), SendingAccount.Point(10) });
        }

        await lab.Send();
        var counts = await account.Counts(origin);
        Assert.Equal((8, 2), (counts.Accepted, counts.Unknown));
        Assert.Equal(8, lab.Transport.Count);
        Assert.Contains((await account.Story(origin, 9))!.Events, e => e.Kind == "unknown");
        Assert.Equal(0, await account.Ask<long>("select count(*) from messaging.node_hold where node = 4711"));
        Assert.Equal("finished", await account.Ask<string>("select state from messaging.dispatch"));
    }

    [Fact]
    public async Task What_a_living_node_holds_is_left_alone()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(4);
        await using var owner = await lab.Host.OpenOwner();
        const int alive = 4712;
        await owner.Do("select pg_advisory_lock($1, $2)", Plura.Platform.Node.LockClass, alive);
        await owner.Do("insert into messaging.node_hold (node, tenant_id) values ($1, $2)", alive, account.Id);
        await owner.Do("update messaging.send set state = 'intended', node = $1, attempt = 1 where contact_point_id = $2", alive, SendingAccount.Point(1));
        await lab.Send();
        var counts = await account.Counts(origin);
        Assert.Equal((3, 0, 1), (counts.Accepted, counts.Unknown, counts.Planned));
        Assert.Equal("open", await account.Ask<string>("select state from messaging.dispatch"));
    }

    [Fact]
    public async Task Two_nodes_share_the_work_and_send_each_message_once()
    {
        await using var first = await SendingLab.Start(app);
        await using var second = await first.SecondNode();
        second.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var account = first.NewAccount();
        var origin = await account.Plan(3000);
        var other = first.NewAccount();
        var otherOrigin = await other.Plan(500);
        await Task.WhenAll(first.Pump.RunDue(default), second.Pump.RunDue(default));
        await Task.WhenAll(first.Pump.RunDue(default), second.Pump.RunDue(default));
        var begun = first.Transport.Begun.Concat(second.Transport.Begun).Select(m => m.MessageId).ToList();
        Assert.Equal(3498, begun.Count);
        Assert.Equal(3498, begun.Distinct().Count());
        Assert.All([first, second], node => Assert.True(node.Transport.Count > 200));
        Assert.Equal(2999, (await account.Counts(origin)).Accepted);
        Assert.Equal(499, (await other.Counts(otherOrigin)).Accepted);
        Assert.Equal(2, await first.Host.Ask<long>("select count(*) from messaging.dispatch where state = 'finished'"));
    }

    [Fact]
    public async Task A_database_that_goes_away_for_moments_loses_nothing_and_doubles_nothing()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Connections = 8;
        var origin = await account.Plan(3000);
        var cuts = 0;
        lab.Transport.During = async _ =>
        {
            var begun = lab.Transport.Count;
            if (begun < (cuts + 1) * 250 || Interlocked.CompareExchange(ref cuts, cuts + 1, begun / 250 - 1) != begun / 250 - 1)
                return;
            await using var owner = await lab.Host.OpenOwner();
            await owner.Do("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'plura_app' and datname = current_database()");
        };
        for (var turn = 0; turn < 200 && (await Counts()).Planned > 0; turn++)
        {
            lab.Host.Clock.Advance(TimeSpan.FromSeconds(2));   // What was put off is due again.
            try
            {
                await lab.Pump.RunDue(TestContext.Current.CancellationToken);
            }
            catch (Exception error) when (error is Npgsql.NpgsqlException or InvalidOperationException)
            {
                // The service would log it and try again.
            }
        }

        Assert.InRange(cuts, 5, 12);
        var counts = await Counts();
        Assert.Equal((2999, 0, 0), (counts.Accepted, counts.Unknown, counts.Planned));
        Assert.Equal(2999, lab.Transport.Begun.Select(m => m.MessageId).Distinct().Count());
        Assert.Equal(2999, lab.Transport.Count);

        async Task<Plura.Messaging.Contracts.SendCounts> Counts()
        {
            while (true)
            {
                try
                {
                    return await account.Counts(origin);
                }
                catch (Exception error) when (error is Npgsql.NpgsqlException or InvalidOperationException)
                {
                    // Its pooled connection was cut, too.
                }
            }
        }
    }

    [Fact]
    public async Task An_outcome_that_the_database_never_takes_holds_up_nobody_else()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(100);
        await using (var owner = await lab.Host.OpenOwner())
        {
            await owner.Do("""
                create function messaging.never() returns trigger language plpgsql as $$ begin
                    if new.detail like '%indigestible%' then raise exception 'no' using errcode = '22P05'; end if;
                    return new;
                end $$
                """);
            await owner.Do("create trigger never before insert on messaging.send_event for each row execute function messaging.never()");
        }

        lab.Transport.Answer = (address, _) => SendingAccount.Number(address) == 50 ? new(HandOffOutcome.Accepted, 250, "2.0.0", "indigestible") : ScriptedTransport.Accepted;
        for (var turn = 0; turn < 5; turn++)
        {
            lab.Host.Clock.Advance(TimeSpan.FromSeconds(2));
            try
            {
                await lab.Send();
            }
            catch (Npgsql.PostgresException)
            {
                // The service would log it and try again.
            }
        }

        var counts = await account.Counts(origin);
        Assert.Equal((98, 1, 0), (counts.Accepted, counts.Unknown, counts.Planned));
        Assert.Equal(99, lab.Transport.Begun.Select(m => m.MessageId).Distinct().Count());
        Assert.Equal(99, lab.Transport.Count);
        Assert.Equal("unknown", (await account.Story(origin, 50))!.State);
    }

    [Fact]
    public async Task Stopping_finishes_what_is_on_the_wire_and_gives_the_rest_back()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(1000);
        using var stop = new CancellationTokenSource();
        lab.Transport.During = async _ =>
        {
            if (lab.Transport.Count >= 200)
                await stop.CancelAsync();
        };
        await lab.Pump.RunDue(stop.Token);
        var counts = await account.Counts(origin);
        Assert.Equal(lab.Transport.Count, counts.Accepted);
        Assert.Equal(1000 - counts.Accepted, await account.Ask<long>("select count(*) from messaging.send where state in ('planned', 'withheld') and node is null"));
        Assert.Equal(0, counts.Unknown);
        await lab.Send();
        Assert.Equal(999, (await account.Counts(origin)).Accepted);
        Assert.Equal(999, lab.Transport.Count);
    }
}
