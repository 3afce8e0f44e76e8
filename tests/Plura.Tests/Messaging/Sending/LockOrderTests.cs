using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>Who sends and who changes what is being sent wait for each other in one direction only, and nothing is left lying.</summary>
public sealed class LockOrderTests(PluraApp app)
{
    [Fact]
    public async Task Somebody_who_leaves_while_their_letters_turn_comes_stops_neither_themselves_nor_the_sending()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        var origin = await account.Plan(3);
        var sending = Task.FromResult(0);
        await account.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            await using var leaving = await db.Database.BeginTransactionAsync();
            await services.GetRequiredService<IConsentLedger>().Append(
                new ConsentEntry
                {
                    AddressKey = services.GetRequiredService<IAddressKeys>().Of(Channels.Email, SendingAccount.Address(1)),
                    Channel = Channels.Email,
                    Act = ConsentActs.Withdrawn,
                    How = ConsentDoors.OneClick,
                },
                default);
            sending = lab.Pump.RunDue(TestContext.Current.CancellationToken);
            await lab.Host.Waiting(1, sending);
            Assert.False(sending.IsCompleted);
            Assert.Equal(1, await db.Set<Plura.Messaging.Data.Send>().Where(s => s.ContactPointId == SendingAccount.Point(1)).ExecuteUpdateAsync(s => s.SetProperty(x => x.UnsubscribedAt, lab.Host.Clock.GetUtcNow())));
            await leaving.CommitAsync();
            return true;
        });
        Assert.Equal(3, await sending);
        Assert.Equal(3, (await account.Counts(origin)).Accepted);
    }

    [Theory]
    [InlineData("Hello", 3, 0)]
    [InlineData("Fails for 3", 2, 1)]
    public async Task A_letter_that_somebody_holds_when_its_turn_comes_has_its_turn_when_they_let_go(string subject, int sent, int ended)
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Connections = 1;
        var origin = await account.Plan(3, subject: subject);
        await using var holder = await lab.Host.OpenApp(account.Id);
        lab.Transport.During = async _ =>
        {
            if (lab.Transport.Count > 1)
                return;
            await holder.Do("begin");
            // All three are claimed; the first is on its way.
            await holder.Do("update messaging.send set opened_at = now() where contact_point_id = $1", SendingAccount.Point(3));
        };
        var sending = lab.Pump.RunDue(TestContext.Current.CancellationToken);
        await lab.Host.Waiting(1, sending);
        await holder.Do("commit");
        await sending;
        await lab.Send();
        var counts = await account.Counts(origin);
        Assert.Equal((sent, ended), (counts.Accepted, counts.Bounced));
        Assert.Equal(sent, lab.Transport.Count);
    }

    [Fact]
    public async Task Whoever_pauses_and_a_round_that_gives_letters_back_do_not_wait_for_each_other()
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        lab.Transport.Connections = 1;
        // With a rate, what is given back is added to the dispatch's own row again, which whoever pauses has changed.
        var origin = await account.Plan(3, rate: 1000, subject: "Fails for 3");
        await using var holder = await lab.Host.OpenApp(account.Id);
        var pausing = Task.FromResult(false);
        lab.Transport.During = async begun =>
        {
            // The other of the two that can be written: it is claimed, and somebody holds it for a moment.
            var other = begun.EnvelopeTo == SendingAccount.Address(1) ? 2 : 1;
            await holder.Do("begin");
            await holder.Do("update messaging.send set opened_at = now() where contact_point_id = $1", SendingAccount.Point(other));
            pausing = account.In(async services =>
            {
                await using var transaction = await services.GetRequiredService<PluraDb>().Database.BeginTransactionAsync();
                await services.GetRequiredService<Plura.Messaging.Contracts.ISendLedger>().Pause("campaign", origin, "Wait.", default);
                await transaction.CommitAsync();
                return true;
            });
            await lab.Host.Waiting(1, pausing);
        };
        var sending = lab.Pump.RunDue(TestContext.Current.CancellationToken);
        await lab.Host.Waiting(2, sending);
        await holder.Do("commit");
        Assert.True(await pausing);
        await sending;
        Assert.Equal(1, lab.Transport.Count);
        Assert.Equal(1, (await account.Counts(origin)).Accepted);
        // The one that cannot be written may have ended before the first was begun.
        Assert.Equal(2L, await account.Ask<long>("select count(*) from messaging.send where state in ('planned', 'bounced') and node is null"));
    }
}
