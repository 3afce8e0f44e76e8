using Plura.Messaging;

namespace Plura.Tests.Messaging;

/// <summary>An address whose server only ever says "later".</summary>
public sealed class UnreachableTests(PluraApp app)
{
    [Theory]
    [InlineData("later later", 0)]
    [InlineData("later later later", 1)]
    [InlineData("later later taken later", 0)]
    [InlineData("taken later later later", 1)]
    public async Task Three_in_a_row_that_could_not_be_brought_end_it(string story, long suppressed)
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        foreach (var answer in story.Split(' '))
        {
            lab.Transport.Answer = (_, _) => answer == "taken" ? ScriptedTransport.Accepted : ScriptedTransport.Busy;
            var origin = await account.Plan(1);
            await lab.Send();
            lab.Host.Clock.Advance(Outcomes.GiveUpAfter + TimeSpan.FromHours(5));
            await lab.Send();
            Assert.Equal(answer == "taken" ? "accepted" : "bounced", await account.State(origin, 1));
        }

        Assert.Equal(suppressed, await account.Ask<long>("select count(*) from privacy.suppression"));
    }
}
