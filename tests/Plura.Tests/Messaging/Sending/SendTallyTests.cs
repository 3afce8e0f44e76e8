using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Tests.Messaging;

/// <summary>The number on the screen is the number of rows, after everything that can happen to a send.</summary>
public sealed class SendTallyTests(PluraApp app)
{
    [Fact]
    public async Task Every_step_of_a_sends_life_is_counted()
    {
        await using var lab = await SendingLab.Start(app, "--Plura:Roles=web", "--Sending:PauseAtFailures=200", "--Sending:PauseAbovePercent=100");
        var account = lab.NewAccount();
        lab.Transport.Answer = (address, nth) => (SendingAccount.Number(address) % 10, nth) switch
        {
            (1, _) => ScriptedTransport.Dead,
            (2, _) => ScriptedTransport.Refused,
            (3, 1) => ScriptedTransport.Busy,
            (4, 1) => ScriptedTransport.Lost,
            (5, 1) => ScriptedTransport.NotBegun,
            _ => ScriptedTransport.Accepted,
        };
        var origin = await account.Plan(400);
        var other = await account.Plan(30, at: lab.Host.Clock.GetUtcNow().AddDays(1));
        await Same(account, origin);

        await lab.Send();
        var counts = await Same(account, origin);
        Assert.All((int[])[counts.Accepted, counts.Bounced, counts.Deferred, counts.Unknown, counts.Withheld], number => Assert.NotEqual(0, number));
        Assert.Equal(["hard_bounce", "refused"], (await account.Ledger(l => l.Reasons("campaign", origin, "bounced", default))).Keys.Order(StringComparer.Ordinal));

        var unknown = (await account.Ledger(l => l.List("campaign", origin, new SendFilter("unknown", null), null, 10, default))).Items;
        await account.Ledger(l => l.Resolve("campaign", origin, unknown[0].SendId, resend: true, default));
        await account.Ledger(l => l.Resolve("campaign", origin, unknown[1].SendId, resend: false, default));
        await Same(account, origin);

        lab.Host.Clock.Advance(TimeSpan.FromMinutes(5));
        await lab.Send();
        await Same(account, origin);

        await account.Plan(450, originId: origin);
        await account.Ledger(l => l.Pause("campaign", origin, null, default));
        await Same(account, origin);
        await account.Ledger(l => l.Cancel("campaign", origin, default));
        Assert.Equal(51, (await Same(account, origin)).Cancelled);   // 50 never sent, one left as it was.
        await Same(account, other);
    }

    [Fact]
    public async Task Readers_and_dead_nodes_and_deleted_rows_are_counted()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(20);
        await lab.Send();
        await using var owner = await lab.Host.OpenOwner();
        foreach (var (column, person) in (IEnumerable<(string, int)>)[("robot_opened_at", 1), ("opened_at", 1), ("robot_opened_at", 2), ("opened_at", 3), ("clicked_at", 3), ("robot_clicked_at", 4), ("unsubscribed_at", 3)])
        {
            await owner.Do($"update messaging.send set {column} = now() where contact_point_id = $1", SendingAccount.Point(person));
            await Same(account, origin);
        }

        var read = await Same(account, origin);
        Assert.Equal((2, 1, 1, 1, 1), (read.Opened, read.OpenedByRobots, read.Clicked, read.ClickedByRobots, read.Unsubscribed));
        await owner.Do("update messaging.send set clicked_at = null where contact_point_id = $1", SendingAccount.Point(3));   // A burst gave the click away as a robot's.
        Assert.Equal(0, (await Same(account, origin)).Clicked);

        await owner.Do("insert into messaging.node_hold (node, tenant_id) values (4711, $1)", account.Id);
        await owner.Do("update messaging.send set state = 'intended', node = 4711 where contact_point_id = $1", SendingAccount.Point(5));
        await Same(account, origin);
        await lab.Send();
        Assert.Equal(1, (await Same(account, origin)).Unknown);

        await owner.Do("delete from messaging.send where contact_point_id = any ($1)", (Guid[])[SendingAccount.Point(1), SendingAccount.Point(5)]);
        Assert.Equal(18, (await Same(account, origin)).Total);
    }

    [Fact]
    public async Task Folding_while_two_nodes_send_changes_no_sum_and_keeps_the_rows_few()
    {
        await using var first = await SendingLab.Start(app);
        await using var second = await first.SecondNode();
        var account = first.NewAccount();
        var origin = await account.Plan(3000);
        foreach (var node in (SendingLab[])[first, second])
        {
            node.Transport.During = async _ =>
            {
                if (node.Transport.Count % 100 == 0)
                    await Fold();
            };
        }

        await Task.WhenAll(first.Pump.RunDue(default), second.Pump.RunDue(default));
        await first.Send();
        Assert.Equal(2999, (await Same(account, origin)).Accepted);
        await Fold();
        await Same(account, origin);
        Assert.InRange(await account.Ask<long>("select count(*) from messaging.send_tally"), 2, 12);

        async Task Fold() => await account.Ask<object>("select messaging.fold_tally($1, 'campaign', $2)", account.Id, origin);
    }

    [Fact]
    public async Task An_installation_that_counted_nothing_yet_is_counted_when_it_is_brought_up_to_date()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(50);
        await lab.Send();
        await using var owner = await lab.Host.OpenOwner();
        await owner.Do("delete from messaging.send_tally");
        Assert.Equal(0, (await account.Counts(origin)).Total);
        await owner.Do("update platform.script set hash = '' where name like '%send_tally.sql'");
        await lab.Host.Services.GetRequiredService<Database>().Migrate(default);
        Assert.Equal(50, (await Same(account, origin)).Total);
    }

    [Fact]
    public async Task Many_origins_are_counted_in_one_question()
    {
        await using var lab = await SendingLab.Start(app);
        var (account, stranger) = (lab.NewAccount(), lab.NewAccount());
        var (small, large, theirs, none) = (await account.Plan(3), await account.Plan(7), await stranger.Plan(5), Guid.CreateVersion7(lab.Host.Clock.GetUtcNow()));
        var counts = await account.Ledger(l => l.Counts("campaign", [small, large, theirs, none], default));
        Assert.Equal([3, 7, 0, 0], ((Guid[])[small, large, theirs, none]).Select(id => counts[id].Total));
    }

    private static async Task<SendCounts> Same(SendingAccount account, Guid origin)
    {
        var counts = await account.Counts(origin);
        Assert.Equal(
            new SendCounts(
                await Rows("true"), await Rows("state in ('planned', 'claimed', 'intended')"), await Rows("state = 'accepted'"), await Rows("state = 'deferred'"), await Rows("state = 'bounced'"),
                await Rows("state = 'withheld'"), await Rows("state = 'unknown'"), await Rows("state in ('cancelled', 'skipped')"), await Rows("opened_at is not null"), await Rows("clicked_at is not null"),
                await Rows("unsubscribed_at is not null"), await Rows("opened_at is null and robot_opened_at is not null"), await Rows("clicked_at is null and robot_clicked_at is not null")),
            counts);
        foreach (var state in (string[])["withheld", "bounced", "deferred", "unknown"])
        {
            var reasons = await account.Ledger(l => l.Reasons("campaign", origin, state, default));
            Assert.Equal(await Rows($"state = '{state}'"), reasons.Values.Sum());
            foreach (var (reason, number) in reasons)
                Assert.Equal(await Rows($"state = '{state}' and coalesce(reason, '') = '{reason}'"), number);
        }

        return counts;

        async Task<int> Rows(string where) => (int)await account.Ask<long>($"select count(*) from messaging.send where origin_id = $1 and {where}", origin);
    }
}
